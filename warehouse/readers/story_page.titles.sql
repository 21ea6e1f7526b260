-- The titles of a topic with the address that each led to, in the order in which their items joined it.
SELECT item_id, source, title, url, joined_at, chance
FROM mart.topic_titles
WHERE topic_id = $topic_id
ORDER BY joined_at, item_id, title
LIMIT $shown
