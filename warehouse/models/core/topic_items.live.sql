-- Items of the topics that have one first seen in the 36 hours before $since, as they were at $since; and of
-- those of which people speak from then on, $named of their items. is_past: not live, counted among the past.
WITH known AS (
    SELECT
        item_id,
        arg_max(topic_id, joined_at) AS topic_id
    FROM core.topic_items
    WHERE joined_at < $since
    GROUP BY item_id
),

live AS (
    SELECT DISTINCT known.topic_id
    FROM core.items AS items
    INNER JOIN known USING (item_id)
    WHERE items.first_seen_at >= $since - to_hours($rule_topic_live_hours)
    UNION
    SELECT known.topic_id FROM known SEMI JOIN (SELECT unnest($named::BIGINT[]) AS item_id) AS named USING (item_id)
)

SELECT
    known.item_id,
    known.topic_id,
    items.source,
    items.first_seen_at,
    items.first_seen_at < $since - to_hours($rule_topic_live_hours) AS is_past,
    any_value(titles.folded_title) AS folded_title,
    list(tokens.token ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tokens,
    list(tokens.part_of_speech ORDER BY tokens.position) FILTER (tokens.is_keyword) AS tags
FROM known
SEMI JOIN live USING (topic_id)
INNER JOIN core.items AS items USING (item_id)
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = items.first_title_id
LEFT JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
GROUP BY ALL
ORDER BY items.first_seen_at, any_value(items.first_board), known.item_id
