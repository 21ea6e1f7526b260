-- What people called some topics at $at, the newest name first.
SELECT
    members.topic_id,
    list(names.name ORDER BY names.hand DESC) AS names
FROM core.topic_names AS names
INNER JOIN core.topic_members AS members ON members.item_id = names.item_id
WHERE
    members.topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
    AND members.from_at <= $at AND (members.until_at IS NULL OR members.until_at > $at)
    AND names.from_at <= $at AND (names.until_at IS NULL OR names.until_at > $at)
GROUP BY members.topic_id
