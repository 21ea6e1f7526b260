-- The items of some topics as known at $at.
WITH topics AS (SELECT unnest($topic_ids::BIGINT[]) AS topic_id),

asked AS (SELECT item_id FROM core.topic_items SEMI JOIN topics USING (topic_id))  -- noqa: ST03

SELECT
    item_id,
    topic_id,
    joined_at
FROM $query_members_at
SEMI JOIN topics USING (topic_id)
ORDER BY joined_at, item_id
