-- Items first seen from $since on, in the order in which they were seen, with their keywords.
SELECT
    items.item_id,
    items.source,
    items.first_seen_at,
    any_value(titles.folded_title) AS folded_title,
    list(tokens.token ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tokens,
    list(tokens.part_of_speech ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tags
FROM core.items AS items
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = items.first_title_id
LEFT JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
WHERE items.first_seen_at >= $since
GROUP BY ALL
ORDER BY items.first_seen_at, any_value(items.first_board), items.item_id
