-- When some topics were first seen on any board in the three days before $at.
SELECT
    topic_items.topic_id,
    min(hours.first_seen_at) AS first_seen_at
FROM core.topic_items AS topic_items
INNER JOIN core.item_hours AS hours USING (item_id)
WHERE
    topic_items.topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
    AND topic_items.joined_at <= $at
    AND hours.window_start > $at - INTERVAL 3 DAY
    AND hours.first_seen_at <= $at
GROUP BY topic_items.topic_id
ORDER BY topic_items.topic_id
