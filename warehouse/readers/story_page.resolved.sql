-- The topic that an id leads to now: one that it had at some time, or one of an item of it.
SELECT topic_id FROM mart.topic_aliases WHERE alias_id = $story_id
UNION
SELECT topic_id FROM core.topic_members WHERE item_id = $story_id AND until_at IS NULL
ORDER BY topic_id
LIMIT 1
