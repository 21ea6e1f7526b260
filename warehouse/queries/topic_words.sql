-- The keywords of some topics as known at $at: those that most of their titles share, names first.
SELECT
    members.topic_id,
    tokens.token
FROM core.topic_members AS members
INNER JOIN core.items AS items USING (item_id)
INNER JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
WHERE
    members.topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
    AND members.from_at <= $at AND (members.until_at IS NULL OR members.until_at > $at)
    AND tokens.is_keyword AND length(tokens.token) > 1
GROUP BY members.topic_id, tokens.token
QUALIFY row_number() OVER (
    PARTITION BY members.topic_id
    ORDER BY
        count(DISTINCT items.item_id) DESC,
        max(tokens.part_of_speech IN ('nr', 'ns', 'nt', 'nz')) DESC,
        length(tokens.token) DESC,
        tokens.token
) <= 5
ORDER BY members.topic_id, count(DISTINCT items.item_id) DESC, length(tokens.token) DESC, tokens.token
