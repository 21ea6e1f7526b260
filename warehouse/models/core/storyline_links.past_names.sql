-- In how many topics of the past each word stood when they were founded; a topic that it held to a storyline, as far as
-- was known when the topic became the past, counts less.
WITH founders AS (
    SELECT
        item_id,
        min(joined_at) AS founded_at
    FROM core.topic_items
    GROUP BY item_id
    HAVING arg_min(topic_id, joined_at) = item_id AND min(joined_at) < $since - to_hours($rule_storyline_hours)
),

words AS (
    SELECT DISTINCT
        founders.item_id AS topic_id,
        tokens.token,
        date_trunc('hour', founders.founded_at + to_hours($rule_storyline_hours)) + INTERVAL 1 HOUR AS past_at
    FROM founders
    INNER JOIN core.items AS items USING (item_id)
    INNER JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
    WHERE tokens.is_keyword AND length(tokens.token) > 1
),

held AS (
    SELECT
        topic_id,
        token,
        min(from_at) AS from_at
    FROM (SELECT topic_id, unnest(names) AS token, from_at FROM core.storyline_links) AS links
    GROUP BY topic_id, token
)

SELECT
    words.token,
    sum(CASE WHEN held.from_at < words.past_at THEN $rule_storyline_own_weight ELSE 1 END)::DOUBLE AS weight
FROM words
LEFT JOIN held USING (topic_id, token)
GROUP BY words.token
ORDER BY words.token
