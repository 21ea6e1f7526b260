-- The words of some titles, as they were cut, in their order.
SELECT
    tokens.title_id,
    list(tokens.token ORDER BY tokens.position) AS tokens
FROM core.title_tokens AS tokens
SEMI JOIN (SELECT unnest($title_ids::BIGINT[]) AS title_id) AS asked USING (title_id)
GROUP BY tokens.title_id
