-- When and how some items came to their topics, in time order; from_topic_id is the topic that was merged or left.
SELECT
    item_id,
    topic_id,
    from_topic_id,
    joined_at,
    chance,
    is_merge,
    hand
FROM mart.topic_joins
WHERE item_id IN (SELECT unnest($item_ids::BIGINT[]))
ORDER BY joined_at, item_id
