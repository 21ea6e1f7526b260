-- What became of a stay within its first six hours, from the first capture of any board after them on.
-- grain: board, item_id, began_at
-- code_version: 1
-- since: known_at
-- column board: the list, by the name of its first board
-- column item_id: the item
-- column began_at: when the stay began, UTC
-- column known_at: from when on its outcome is known, UTC
-- column top_at: when it came to the top ten in these hours, UTC; null when it did not
-- column depth: how far up the list it came in them, 0 (last) to 1 (first)
WITH captures AS (
    SELECT DISTINCT captured_at AS known_at
    FROM core.snapshots
    WHERE captured_at >= $since
),

-- Those whose six hours were not over at the last capture before.
young AS (
    SELECT *
    FROM core.stays
    WHERE began_at > coalesce(
        (SELECT max(captured_at) FROM core.snapshots WHERE captured_at < $since) - to_hours($rule_stay_outcome_hours),
        $since - to_hours($rule_stay_outcome_hours)
    )
),

known AS (
    SELECT young.*, captures.known_at
    FROM young
    ASOF INNER JOIN captures ON captures.known_at >= young.began_at + to_hours($rule_stay_outcome_hours)
),

seen AS (
    SELECT servings.list_board AS board, entries.item_id, entries.captured_at, entries.rank
    FROM core.entries AS entries
    INNER JOIN core.servings AS servings USING (board, captured_at)
    WHERE entries.captured_at >= (SELECT min(began_at) FROM known) AND entries.rank IS NOT NULL
)

SELECT
    known.board,
    known.item_id,
    known.began_at,
    any_value(known.known_at) AS known_at,
    min(seen.captured_at) FILTER (seen.rank <= $rule_top_rank) AS top_at,
    1 - (min(seen.rank) - 1) / greatest(any_value(known.list_length), min(seen.rank)) AS depth
FROM known
INNER JOIN seen ON
    seen.board = known.board
    AND seen.item_id = known.item_id
    AND seen.captured_at >= known.began_at
    AND seen.captured_at <= known.began_at + to_hours($rule_stay_outcome_hours)
GROUP BY known.board, known.item_id, known.began_at
ORDER BY known_at, known.board, known.item_id
