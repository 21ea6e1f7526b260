-- The storyline of each of some topics at $at, with the $shown newest of its other topics that were on a list in the
-- $hours hours before, those that $wide lists told before all others: one line for each, and one without where there
-- are none.
WITH topics AS (SELECT unnest($topic_ids::BIGINT[]) AS topic_id),

linked AS (
    SELECT topic_id, storyline_id
    FROM core.storylines
    WHERE from_at <= $at AND (until_at IS NULL OR until_at > $at)
),

known AS (SELECT * FROM linked SEMI JOIN topics USING (topic_id)),

parts AS (SELECT * FROM linked SEMI JOIN known USING (storyline_id)),

asked AS (SELECT item_id FROM core.topic_items SEMI JOIN parts USING (topic_id)),  -- noqa: ST03

members AS (SELECT item_id, topic_id FROM $query_members_at SEMI JOIN parts USING (topic_id)),

seen AS (
    SELECT
        members.topic_id,
        count(DISTINCT coalesce(boards.list_board, entries.board)) >= $wide AS is_wide
    FROM core.entries AS entries
    INNER JOIN members ON members.item_id = entries.item_id
    LEFT JOIN ops.boards AS boards ON boards.board = entries.board
    WHERE entries.captured_at > $at - to_hours($hours) AND entries.captured_at <= $at
    GROUP BY members.topic_id
),

told AS (
    SELECT
        parts.storyline_id,
        members.topic_id,
        any_value(seen.is_wide) AS is_wide,
        min(items.first_seen_at) AS first_seen_at
    FROM members
    INNER JOIN seen USING (topic_id)
    INNER JOIN parts USING (topic_id)
    INNER JOIN core.items AS items ON items.item_id = members.item_id
    GROUP BY parts.storyline_id, members.topic_id
)

SELECT
    known.topic_id,
    known.storyline_id,
    told.topic_id AS part_id,
    told.first_seen_at
FROM known
LEFT JOIN told ON told.storyline_id = known.storyline_id AND told.topic_id <> known.topic_id
QUALIFY row_number() OVER (
    PARTITION BY known.topic_id ORDER BY told.is_wide DESC, told.first_seen_at DESC, told.topic_id
) <= $shown
ORDER BY known.topic_id, told.first_seen_at DESC, told.topic_id
