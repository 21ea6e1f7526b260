-- The topics that were merged into some topics by $at, on whatever way. A topic bears the id of the item that founded
-- it, which goes wherever the topic goes: what a person took out of a topic is none of its heirs.
SELECT
    members.topic_id,
    members.item_id AS former_id
FROM core.topic_members AS members
SEMI JOIN core.topic_members AS founded
    ON founded.topic_id = members.item_id AND founded.from_at <= $at
WHERE
    members.topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
    AND members.from_at <= $at AND (members.until_at IS NULL OR members.until_at > $at)
    AND members.item_id <> members.topic_id
ORDER BY members.topic_id, former_id
