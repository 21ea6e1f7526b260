-- Since when each of some topics has stood on lists without twelve hours away from all of them, when it was
-- last seen before that (null where not in the week before $at), and when it was first seen at all, as far as
-- was known at $at. $watched_at is the capture before the first of the list that had it first, null without any.
WITH topics AS (SELECT unnest($topic_ids::BIGINT[]) AS topic_id),

asked AS (SELECT item_id FROM core.topic_items SEMI JOIN topics USING (topic_id)),  -- noqa: ST03

members AS (FROM $query_members_at AS found SEMI JOIN topics USING (topic_id)),

hours AS (
    SELECT members.topic_id, past.first_seen_at, least(past.last_seen_at, $at) AS last_seen_at
    FROM core.item_hours AS past
    INNER JOIN members USING (item_id)
    WHERE past.window_start > $at - INTERVAL 7 DAY AND past.first_seen_at <= $at
),

gaps AS (
    SELECT
        topic_id,
        first_seen_at,
        max(last_seen_at) OVER (
            PARTITION BY topic_id ORDER BY first_seen_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS last_before_at
    FROM hours
),

presence AS (
    SELECT
        topic_id,
        coalesce(
            max(first_seen_at) FILTER (first_seen_at - last_before_at > to_hours($rule_stay_gap_hours)),
            min(first_seen_at)
        ) AS present_since_at,
        arg_max(last_before_at, first_seen_at) FILTER (
            first_seen_at - last_before_at > to_hours($rule_stay_gap_hours)
        ) AS last_before_at
    FROM gaps
    GROUP BY topic_id
),

begun AS (
    SELECT
        members.topic_id,
        min(items.first_seen_at) AS first_seen_at,
        arg_min(items.first_board, items.first_seen_at) AS first_board
    FROM members
    INNER JOIN core.items AS items USING (item_id)
    GROUP BY members.topic_id
)

SELECT
    begun.topic_id,
    begun.first_seen_at,
    coalesce(boards.list_board, begun.first_board) AS first_board,
    presence.present_since_at,
    presence.last_before_at,
    (
        SELECT max(captures.captured_at)
        FROM core.snapshots AS captures
        WHERE
            captures.board = begun.first_board
            AND captures.captured_at < begun.first_seen_at
            AND captures.captured_at >= begun.first_seen_at - to_hours($rule_present_hours)
    ) AS watched_at
FROM begun
INNER JOIN presence USING (topic_id)
LEFT JOIN ops.boards AS boards ON boards.board = begun.first_board
ORDER BY begun.topic_id
