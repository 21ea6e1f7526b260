-- Items of the topics of which anything is seen from 36 hours before $since on, as they were at $since:
-- those that are live, and those that a returning item will open again.
WITH live AS (
    SELECT DISTINCT topic_items.topic_id
    FROM core.item_hours AS hours
    INNER JOIN core.topic_items AS topic_items USING (item_id)
    WHERE hours.window_start >= $since - INTERVAL 36 HOUR
)

SELECT
    topic_items.item_id,
    topic_items.topic_id,
    topic_items.joined_at AS first_seen_at,
    any_value(titles.folded_title) AS folded_title,
    list(tokens.token ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tokens,
    list(tokens.part_of_speech ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tags
FROM core.topic_items AS topic_items
SEMI JOIN live USING (topic_id)
INNER JOIN core.items AS items USING (item_id)
INNER JOIN (SELECT DISTINCT title_id, folded_title FROM core.titles) AS titles
    ON titles.title_id = items.first_title_id
LEFT JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
WHERE topic_items.joined_at < $since
GROUP BY ALL
ORDER BY topic_items.joined_at, any_value(items.first_board), topic_items.item_id
