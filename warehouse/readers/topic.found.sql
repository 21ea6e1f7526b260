-- The present topic of an id of a topic, of one that was merged since, or of an item.
SELECT topic_id
FROM core.topic_members
WHERE item_id = $topic_id AND until_at IS NULL
