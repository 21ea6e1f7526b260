-- The $shown keywords that most titles of the day before $at share with each of some words, two titles or more.
WITH asked AS (SELECT unnest($words::VARCHAR[]) AS token),

told AS (
    SELECT DISTINCT tokens.token, tokens.title_id
    FROM core.title_tokens AS tokens
    INNER JOIN core.title_sights AS sights USING (title_id)
    WHERE
        tokens.is_keyword
        AND length(tokens.token) > 1
        AND NOT regexp_full_match(tokens.token, '[0-9][0-9.,:%-]*')
        AND sights.first_seen_at < $at
        AND sights.first_seen_at >= $at - INTERVAL 24 HOUR
),

together AS (
    SELECT asked.token, beside.token AS companion, count(*) AS title_count
    FROM asked
    INNER JOIN told ON told.token = asked.token
    INNER JOIN told AS beside ON beside.title_id = told.title_id AND beside.token <> told.token
    GROUP BY ALL
)

SELECT token, companion
FROM together
WHERE title_count > 1
QUALIFY row_number() OVER (PARTITION BY token ORDER BY title_count DESC, companion) <= $shown
ORDER BY token, title_count DESC, companion
