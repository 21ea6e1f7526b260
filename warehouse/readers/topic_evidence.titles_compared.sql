-- Items first seen in the 36 hours before $since, and those asked for, as they were first seen.
WITH live AS (
    SELECT item_id
    FROM core.items
    WHERE first_seen_at >= $since - to_hours($rule_topic_live_hours) AND first_seen_at < $since
),

wanted AS (
    SELECT item_id FROM live
    UNION
    SELECT unnest($item_ids::BIGINT[]) AS item_id
)

SELECT
    items.item_id,
    items.source,
    items.first_seen_at,
    items.item_id IN (SELECT live.item_id FROM live) AS is_live,
    any_value(titles.clean_title) AS title,
    any_value(titles.folded_title) AS folded_title,
    list(tokens.token ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tokens,
    list(tokens.part_of_speech ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tags
FROM core.items AS items
SEMI JOIN wanted USING (item_id)
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = items.first_title_id
LEFT JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
GROUP BY ALL
ORDER BY items.first_seen_at, any_value(items.first_board), items.item_id
