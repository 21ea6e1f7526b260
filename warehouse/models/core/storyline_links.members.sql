-- The items, as they belonged at $since, of the topics that are told then and of those that titles come to or leave
-- from then on.
WITH known AS (
    SELECT
        item_id,
        arg_max(topic_id, joined_at) AS topic_id,
        max(joined_at) AS joined_at
    FROM core.topic_items
    WHERE joined_at < $since
    GROUP BY item_id
)

SELECT
    known.item_id,
    known.topic_id,
    known.joined_at,
    items.source,
    items.first_seen_at,
    any_value(titles.folded_title) AS folded_title,
    list(tokens.token ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tokens,
    list(tokens.part_of_speech ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tags
FROM known
SEMI JOIN $query_storyline_topics USING (topic_id)
INNER JOIN core.items AS items USING (item_id)
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = items.first_title_id
LEFT JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
GROUP BY ALL
ORDER BY known.joined_at, known.item_id
