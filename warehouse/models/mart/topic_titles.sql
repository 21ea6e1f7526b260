-- All the titles of each topic, with who printed them and when the item was first seen.
-- grain: topic_id, item_id, title
-- column topic_id: the topic
-- column item_id: the item that bears the title
-- column source: the source that printed it
-- column title: the clean title
-- column joined_at: when the item joined the topic, UTC
-- column similarity: how like the topic it was then, 0 to 1
SELECT DISTINCT
    topic_items.topic_id,
    refs.item_id,
    refs.source,
    titles.clean_title AS title,
    topic_items.joined_at,
    topic_items.similarity
FROM core.topic_items AS topic_items
INNER JOIN core.item_references AS refs USING (item_id)
INNER JOIN core.titles AS titles ON titles.title_id = refs.title_id
