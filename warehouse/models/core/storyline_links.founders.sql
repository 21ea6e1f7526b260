-- The items that founded the topics that are not the past at $since, in the order in which they were seen, with the
-- names that held their topics to a storyline before.
WITH founders AS (
    SELECT item_id
    FROM core.topic_items
    GROUP BY item_id
    HAVING
        arg_min(topic_id, joined_at) = item_id
        AND min(joined_at) >= $since - to_hours($rule_storyline_hours)
        AND min(joined_at) < $since
),

held AS (
    SELECT topic_id, list_distinct(flatten(list(names))) AS held_names
    FROM core.storyline_links
    WHERE from_at < $since
    GROUP BY topic_id
)

SELECT
    founders.item_id,
    items.source,
    items.first_seen_at,
    any_value(titles.folded_title) AS folded_title,
    list(tokens.token ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tokens,
    list(tokens.part_of_speech ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tags,
    any_value(held.held_names) AS held_names
FROM founders
INNER JOIN core.items AS items USING (item_id)
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = items.first_title_id
LEFT JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
LEFT JOIN held ON held.topic_id = founders.item_id
GROUP BY ALL
ORDER BY items.first_seen_at, founders.item_id
