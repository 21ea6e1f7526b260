-- When some topics were first seen on any board in the three days before $at.
SELECT
    members.topic_id,
    min(hours.first_seen_at) AS first_seen_at
FROM core.topic_members AS members
INNER JOIN core.item_hours AS hours USING (item_id)
WHERE
    members.topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
    AND members.from_at <= $at AND (members.until_at IS NULL OR members.until_at > $at)
    AND hours.window_start > $at - INTERVAL 3 DAY
    AND hours.first_seen_at <= $at
GROUP BY members.topic_id
ORDER BY members.topic_id
