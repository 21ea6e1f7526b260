-- Captures and lines of raw that the door would refuse today; a capture has no position.
CREATE OR REPLACE TEMP TABLE refused_rows AS
WITH bounds AS (
    SELECT
        load_id,
        origin,
        greatest($now::TIMESTAMP, loaded_at) + to_hours($ahead_hours::INTEGER) AS latest
    FROM ops.loads
),

captures AS (
    SELECT captures.board, captures.captured_at, captures.load_id
    FROM raw.snapshots AS captures
    LEFT JOIN bounds USING (load_id)
    WHERE
        captures.captured_at < $earliest
        OR captures.captured_at > coalesce(bounds.latest, $now::TIMESTAMP + to_hours($ahead_hours::INTEGER))
),

-- By the one clock first: nearly all rows are within it, and are not read.
doubtful AS (
    SELECT board, captured_at, position, rank, title, load_id
    FROM raw.entries
    WHERE
        captured_at < $earliest
        OR captured_at > $now::TIMESTAMP + to_hours($ahead_hours::INTEGER)
        OR rank < 1
        OR rank > $rule_deepest_rank
),

dated AS (
    SELECT
        doubtful.*,
        doubtful.captured_at < $earliest
        OR doubtful.captured_at > coalesce(bounds.latest, $now::TIMESTAMP + to_hours($ahead_hours::INTEGER))
            AS is_undated
    FROM doubtful
    LEFT JOIN bounds USING (load_id)
),

entries AS (
    SELECT *, if(is_undated, 'captured_at_out_of_range', 'rank_out_of_range') AS doubt
    FROM dated
    WHERE is_undated OR rank NOT BETWEEN 1 AND $rule_deepest_rank
)

SELECT
    found.board,
    found.captured_at,
    found.position,
    found.load_id,
    found.reason,
    found.found,
    coalesce(bounds.origin, '') AS origin
FROM (
    SELECT
        board,
        captured_at,
        position,
        load_id,
        doubt AS reason,
        left(concat_ws(' | ', captured_at, rank, title), 500) AS found
    FROM entries
    UNION ALL
    SELECT board, captured_at, NULL, load_id, 'captured_at_out_of_range', captured_at::VARCHAR FROM captures
) AS found
LEFT JOIN bounds USING (load_id)
