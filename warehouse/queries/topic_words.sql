-- The keywords of some topics as known at $at: those that most of their titles share, names first.
SELECT
    topic_items.topic_id,
    tokens.token
FROM core.topic_items AS topic_items
INNER JOIN core.items AS items USING (item_id)
INNER JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
WHERE
    topic_items.topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
    AND topic_items.joined_at <= $at
    AND tokens.is_keyword AND length(tokens.token) > 1
GROUP BY topic_items.topic_id, tokens.token
QUALIFY row_number() OVER (
    PARTITION BY topic_items.topic_id
    ORDER BY
        count(DISTINCT items.item_id) DESC,
        max(tokens.part_of_speech IN ('nr', 'ns', 'nt', 'nz')) DESC,
        length(tokens.token) DESC,
        tokens.token
) <= 5
ORDER BY topic_items.topic_id, count(DISTINCT items.item_id) DESC, length(tokens.token) DESC, tokens.token
