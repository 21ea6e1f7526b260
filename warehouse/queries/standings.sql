-- Where each topic stands on each board at $at, and where it stood about an hour before.
WITH latest AS (
    -- A list older than three hours is no present list.
    SELECT board, max(captured_at) AS captured_at
    FROM core.snapshots
    WHERE captured_at <= $at AND captured_at > $at - INTERVAL 3 HOUR
    GROUP BY board
),

compared AS (
    -- The capture nearest to an hour before; hourly boards drift by some minutes, so 20 to 150 will do.
    SELECT
        latest.board,
        latest.captured_at,
        arg_min(earlier.captured_at, abs(epoch(latest.captured_at - earlier.captured_at) - 3600)) AS before_at
    FROM latest
    LEFT JOIN core.snapshots AS earlier ON
        earlier.board = latest.board
        AND earlier.captured_at <= latest.captured_at - INTERVAL 20 MINUTE
        AND earlier.captured_at >= latest.captured_at - INTERVAL 150 MINUTE
    GROUP BY ALL
),

known_items AS (
    SELECT item_id, topic_id FROM core.topic_items WHERE joined_at <= $at
),

now_ranks AS (
    SELECT
        known_items.topic_id,
        entries.board,
        min(entries.rank) AS rank,
        arg_min(entries.title_id, entries.rank) AS title_id,
        arg_min(entries.position, entries.rank) AS position,
        arg_min(entries.heat_value, entries.rank) AS heat
    FROM core.entries AS entries
    SEMI JOIN latest USING (board, captured_at)
    INNER JOIN known_items USING (item_id)
    WHERE entries.kind = 'ranked' AND entries.captured_at > $at - INTERVAL 3 HOUR
    GROUP BY ALL
),

ranks_before AS (
    SELECT
        known_items.topic_id,
        entries.board,
        min(entries.rank) AS rank,
        arg_min(entries.heat_value, entries.rank) AS heat
    FROM core.entries AS entries
    SEMI JOIN compared ON compared.board = entries.board AND compared.before_at = entries.captured_at
    INNER JOIN known_items USING (item_id)
    WHERE entries.kind = 'ranked' AND entries.captured_at > $at - INTERVAL 6 HOUR
    GROUP BY ALL
),

-- Each hour in which the topic stood on the board in the last three days, the present hour cut at $at.
hours AS (
    SELECT known_items.topic_id, past.board, past.first_seen_at, past.last_seen_at, past.best_rank
    FROM core.item_hours AS past
    INNER JOIN known_items USING (item_id)
    SEMI JOIN now_ranks ON now_ranks.topic_id = known_items.topic_id AND now_ranks.board = past.board
    WHERE
        past.window_start < date_trunc('hour', $at::TIMESTAMP)
        AND past.window_start >= $at - INTERVAL 3 DAY
    UNION ALL
    SELECT known_items.topic_id, entries.board, entries.captured_at, entries.captured_at, entries.rank
    FROM core.entries AS entries
    INNER JOIN known_items USING (item_id)
    WHERE entries.captured_at >= date_trunc('hour', $at::TIMESTAMP) AND entries.captured_at <= $at
),

-- A stay ends after twelve hours off the board; the present one is the last.
stays AS (
    SELECT
        *,
        sum(is_return::INTEGER) OVER (PARTITION BY topic_id, board ORDER BY first_seen_at) AS stay
    FROM (
        SELECT
            *,
            coalesce(
                first_seen_at - max(last_seen_at) OVER (
                    PARTITION BY topic_id, board ORDER BY first_seen_at
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) > INTERVAL 12 HOUR,
                FALSE
            ) AS is_return
        FROM hours
    )
),

present AS (
    SELECT topic_id, board, min(first_seen_at) AS since_at, min(best_rank) AS best_rank
    FROM stays
    GROUP BY topic_id, board, stay
    QUALIFY row_number() OVER (PARTITION BY topic_id, board ORDER BY stay DESC) = 1
),

-- Four weeks of the same hour of day in Shanghai and its neighbours, finished before this hour began.
usual AS (
    SELECT
        board,
        sum(climb_places) / sum(climb_count) AS usual_gain
    FROM core.board_hours
    WHERE
        window_start < date_trunc('hour', $at::TIMESTAMP)
        AND window_start >= $at - INTERVAL 28 DAY
        AND (epoch($at::TIMESTAMP) - epoch(window_start) + 5400) % 86400 < 10800
    GROUP BY board
    HAVING sum(climb_count) > 0
)

SELECT
    now_ranks.topic_id,
    now_ranks.board,
    now_ranks.rank,
    snapshots.ranked_count AS list_length,
    ranks_before.rank AS rank_before,
    epoch(compared.captured_at - compared.before_at) / 60 AS minutes_before,
    snapshots.minutes_since_previous AS gap_minutes,
    usual.usual_gain,
    now_ranks.title_id,
    now_ranks.position,
    now_ranks.heat,
    ranks_before.heat AS heat_before,
    present.since_at,
    present.best_rank,
    epoch(compared.captured_at - present.since_at) / 60 AS minutes_since,
    compared.captured_at AS seen_at
FROM now_ranks
INNER JOIN compared USING (board)
INNER JOIN core.snapshots AS snapshots
    ON snapshots.board = compared.board AND snapshots.captured_at = compared.captured_at
LEFT JOIN ranks_before USING (topic_id, board)
LEFT JOIN usual USING (board)
LEFT JOIN present USING (topic_id, board)
ORDER BY now_ranks.topic_id, now_ranks.board
