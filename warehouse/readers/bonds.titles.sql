-- When some titles were first printed by any list, and their keywords.
WITH asked AS (SELECT unnest($title_ids::BIGINT[]) AS title_id),

words AS (
    SELECT
        title_id,
        list(DISTINCT token ORDER BY token) AS tokens
    FROM core.title_tokens
    SEMI JOIN asked USING (title_id)
    WHERE is_keyword
    GROUP BY title_id
)

SELECT
    sights.title_id,
    sights.first_seen_at,
    coalesce(words.tokens, []) AS tokens
FROM core.title_sights AS sights
SEMI JOIN asked USING (title_id)
LEFT JOIN words USING (title_id)
ORDER BY sights.title_id
