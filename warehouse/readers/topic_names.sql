-- What people called some topics at $at, the newest name first.
WITH asked AS (SELECT DISTINCT item_id FROM core.topic_names)  -- noqa: ST03

SELECT
    members.topic_id,
    list(names.name ORDER BY names.hand DESC) AS names
FROM core.topic_names AS names
INNER JOIN $query_members_at AS members USING (item_id)
WHERE
    members.topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
    AND names.from_at <= $at AND (names.until_at IS NULL OR names.until_at > $at)
GROUP BY members.topic_id
