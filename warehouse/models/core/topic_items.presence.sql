-- Which items stood on any board in each hour from 36 hours before $since on.
SELECT
    window_start,
    list(DISTINCT item_id) AS item_ids
FROM core.item_hours
WHERE window_start >= $since - to_hours($rule_topic_live_hours)
GROUP BY window_start
ORDER BY window_start
