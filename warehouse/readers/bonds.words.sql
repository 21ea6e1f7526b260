-- In how many titles each of some words stood, of those first seen 36 hours before $at or earlier.
WITH asked AS (SELECT unnest($words::VARCHAR[]) AS token)

SELECT
    words.token,
    count(DISTINCT words.title_id) AS title_count
FROM core.title_tokens AS words
SEMI JOIN asked USING (token)
INNER JOIN core.title_sights AS sights USING (title_id)
WHERE sights.first_seen_at < $at::TIMESTAMP - to_hours($rule_topic_live_hours)
GROUP BY words.token
ORDER BY words.token
