-- The assignments from $since on, in time order, with the words of the items.
SELECT
    joined.item_id,
    joined.topic_id,
    joined.joined_at,
    items.source,
    items.first_seen_at,
    any_value(titles.folded_title) AS folded_title,
    list(tokens.token ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tokens,
    list(tokens.part_of_speech ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tags
FROM core.topic_items AS joined
INNER JOIN core.items AS items USING (item_id)
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = items.first_title_id
LEFT JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
WHERE joined.joined_at >= $since
GROUP BY ALL
ORDER BY joined.joined_at, joined.item_id
