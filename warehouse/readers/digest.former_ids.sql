-- The topics that were merged into some topics by $at, on whatever way. A topic bears the id of the item that founded
-- it, which goes wherever the topic goes: what a person took out of a topic is none of its heirs.
WITH topics AS (SELECT unnest($topic_ids::BIGINT[]) AS topic_id),

asked AS (SELECT item_id FROM core.topic_items SEMI JOIN topics USING (topic_id))  -- noqa: ST03

SELECT
    members.topic_id,
    members.item_id AS former_id
FROM $query_members_at AS members
SEMI JOIN topics USING (topic_id)
SEMI JOIN core.topic_items AS founded
    ON founded.topic_id = members.item_id AND founded.joined_at <= $at
WHERE members.item_id <> members.topic_id
ORDER BY members.topic_id, former_id
