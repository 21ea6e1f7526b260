-- Which of some words stand, letter by letter, in a title that was seen before the first that was cut so.
WITH asked AS (
    SELECT
        unnest($tokens::VARCHAR[]) AS token,
        unnest($first_seen_at::TIMESTAMP[]) AS first_seen_at
)

SELECT DISTINCT asked.token
FROM asked
INNER JOIN core.title_sights AS sights ON sights.first_seen_at < asked.first_seen_at
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = sights.title_id AND contains(titles.folded_title, asked.token)
ORDER BY asked.token
