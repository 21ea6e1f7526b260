-- What the hours from 28 days before $since on showed of the runs that may be found from $since on,
-- and of their parts: runs that stood in $fewest_titles titles all told, or in $fewest_marked book marks.
WITH runs AS (
    SELECT
        token,
        max(parts) AS parts
    FROM core.word_sights
    WHERE window_start >= $since - to_days($rule_word_memory_days) AND (len(parts) > 0 OR marked_count > 0)
    GROUP BY token
    HAVING
        max(window_start) >= $since
        AND (sum(title_count) >= $fewest_titles OR sum(marked_count) >= $fewest_marked)
),

asked AS (
    SELECT token FROM runs
    UNION
    SELECT unnest(list_transform(range(1, len(parts)), LAMBDA cut: array_to_string(parts[:cut], ''))) FROM runs
    UNION
    SELECT unnest(list_transform(range(1, len(parts)), LAMBDA cut: array_to_string(parts[cut + 1:], ''))) FROM runs
),

-- Hours that stay within 28 days to the end are as good as one, the last before $since.
dated AS (
    SELECT
        if(
            sights.window_start < $since
            AND sights.window_start >= (SELECT max(newest.window_start) FROM core.word_sights AS newest) - to_days($rule_word_memory_days),
            $since - INTERVAL 1 HOUR,
            sights.window_start
        ) AS window_start,
        sights.* EXCLUDE (window_start)
    FROM core.word_sights AS sights
    SEMI JOIN asked USING (token)
    WHERE sights.window_start >= $since - to_days($rule_word_memory_days)
)

SELECT
    window_start,
    token,
    sum(title_count)::INTEGER AS title_count,
    sum(marked_count)::INTEGER AS marked_count,
    max(parts) AS parts,
    flatten(list(lefts)) AS lefts,
    flatten(list(rights)) AS rights
FROM dated
GROUP BY window_start, token
ORDER BY window_start, token
