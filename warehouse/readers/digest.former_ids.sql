-- The topics that were merged into some topics by $at, on whatever way.
SELECT DISTINCT
    members.topic_id,
    befores.topic_id AS former_id
FROM core.topic_members AS members
INNER JOIN core.topic_members AS befores
    ON befores.item_id = members.item_id AND befores.from_at < members.from_at
WHERE
    members.topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
    AND members.from_at <= $at AND (members.until_at IS NULL OR members.until_at > $at)
ORDER BY members.topic_id, former_id
