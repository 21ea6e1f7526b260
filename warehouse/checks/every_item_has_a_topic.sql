-- Every item is in exactly one topic, and joined it when it was first seen.
-- table: core.topic_items
SELECT items.item_id, items.first_seen_at, topic_items.topic_id, topic_items.joined_at
FROM core.items AS items
FULL JOIN core.topic_items AS topic_items USING (item_id)
WHERE items.first_seen_at IS DISTINCT FROM topic_items.joined_at
