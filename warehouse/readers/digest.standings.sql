-- Where each of some topics stands on each list at $at, and where it stood about an hour before. A list goes by
-- the name of its first board; served_by is the board that was read, another one where that one failed.
WITH served AS (
    SELECT
        list_board AS board,
        captured_at,
        board AS served_by,
        lag(captured_at) OVER (PARTITION BY list_board ORDER BY captured_at, board) AS previous_at
    FROM $query_serving_turns
),

latest AS (
    -- A list older than three hours is no present list.
    SELECT
        board,
        max(captured_at) AS captured_at,
        arg_max(served_by, captured_at) AS served_by,
        arg_max(previous_at, captured_at) AS previous_at
    FROM served
    WHERE captured_at > $at - to_hours($rule_present_hours)
    GROUP BY board
),

compared AS (
    -- The capture nearest to an hour before; hourly boards drift by some minutes, so 20 to 150 will do.
    SELECT
        latest.*,
        arg_min(earlier.captured_at, abs(epoch(latest.captured_at - earlier.captured_at) - 3600)) AS before_at,
        arg_min(earlier.served_by, abs(epoch(latest.captured_at - earlier.captured_at) - 3600)) AS served_before_by
    FROM latest
    LEFT JOIN served AS earlier ON
        earlier.board = latest.board
        AND earlier.captured_at <= latest.captured_at - INTERVAL 20 MINUTE
        AND earlier.captured_at >= latest.captured_at - INTERVAL 150 MINUTE
    GROUP BY ALL
),

topics AS (SELECT unnest($topic_ids::BIGINT[]) AS topic_id),

asked AS (SELECT item_id FROM core.topic_items SEMI JOIN topics USING (topic_id)),  -- noqa: ST03

known_items AS (FROM $query_members_at AS found SEMI JOIN topics USING (topic_id)),

lists AS (
    SELECT board, list_board FROM ops.boards
),

now_ranks AS (
    SELECT
        known_items.topic_id,
        compared.board,
        min(entries.rank) AS rank,
        arg_min(entries.item_id, entries.rank) AS item_id,
        arg_min(entries.title_id, entries.rank) AS title_id,
        arg_min(entries.position, entries.rank) AS position,
        arg_min(entries.heat_value, entries.rank) AS heat
    FROM core.entries AS entries
    INNER JOIN compared ON compared.served_by = entries.board AND compared.captured_at = entries.captured_at
    INNER JOIN known_items USING (item_id)
    WHERE entries.kind = 'ranked' AND entries.captured_at > $at - to_hours($rule_present_hours)
    GROUP BY ALL
),

ranks_before AS (
    SELECT
        known_items.topic_id,
        compared.board,
        min(entries.rank) AS rank,
        arg_min(entries.item_id, entries.rank) AS item_id,
        arg_min(entries.heat_value, entries.rank) AS heat
    FROM core.entries AS entries
    INNER JOIN compared ON compared.served_before_by = entries.board AND compared.before_at = entries.captured_at
    INNER JOIN known_items USING (item_id)
    WHERE entries.kind = 'ranked' AND entries.captured_at > $at - INTERVAL 6 HOUR
    GROUP BY ALL
),

-- Each hour in which the topic stood on the list, the present hour cut at $at: a stay may last for weeks.
hours AS (
    SELECT
        known_items.topic_id,
        past.list_board AS board,
        past.first_seen_at,
        past.last_seen_at,
        past.best_rank
    FROM core.list_hours AS past
    INNER JOIN known_items USING (item_id)
    SEMI JOIN now_ranks ON
        now_ranks.topic_id = known_items.topic_id
        AND now_ranks.board = past.list_board
    WHERE
        past.window_start < date_trunc('hour', $at::TIMESTAMP)
    UNION ALL
    SELECT
        known_items.topic_id,
        coalesce(lists.list_board, entries.board),
        entries.captured_at,
        entries.captured_at,
        entries.rank
    FROM core.entries AS entries
    INNER JOIN known_items USING (item_id)
    LEFT JOIN lists USING (board)
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
                ) > to_hours($rule_stay_gap_hours),
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
)

SELECT
    now_ranks.topic_id,
    now_ranks.board,
    compared.served_by,
    now_ranks.rank,
    snapshots.ranked_count AS list_length,
    ranks_before.rank AS rank_before,
    epoch(compared.captured_at - compared.before_at) / 60 AS minutes_before,
    -- A stand-in's own capture before may be days old.
    coalesce(
        round(epoch(compared.captured_at - compared.previous_at) / 60, 2), snapshots.minutes_since_previous
    ) AS gap_minutes,
    now_ranks.item_id,
    now_ranks.title_id,
    now_ranks.position,
    now_ranks.heat,
    -- Another line of the story has another heat: that is no growth.
    CASE WHEN ranks_before.item_id = now_ranks.item_id THEN ranks_before.heat END AS heat_before,
    present.since_at,
    present.best_rank,
    epoch(compared.captured_at - present.since_at) / 60 AS minutes_since,
    compared.captured_at AS seen_at
FROM now_ranks
INNER JOIN compared USING (board)
INNER JOIN core.snapshots AS snapshots
    ON snapshots.board = compared.served_by AND snapshots.captured_at = compared.captured_at
LEFT JOIN ranks_before USING (topic_id, board)
LEFT JOIN present USING (topic_id, board)
ORDER BY now_ranks.topic_id, now_ranks.board
