-- How many titles were first seen in each hour from 28 days before $since on.
SELECT
    date_trunc('hour', first_seen_at) AS window_start,
    count(*) AS title_count
FROM core.title_sights
WHERE first_seen_at >= $since - to_days($rule_word_memory_days)
GROUP BY ALL
ORDER BY window_start
