-- The titles that were first seen from $since on and were known at $at, in the order in which they came.
SELECT
    sights.title_id,
    any_value(titles.clean_title) AS title,
    sights.first_seen_at
FROM core.title_sights AS sights
INNER JOIN core.titles AS titles USING (title_id)
WHERE sights.first_seen_at >= $since AND sights.first_seen_at <= $at
GROUP BY sights.title_id, sights.first_seen_at
ORDER BY sights.first_seen_at, sights.title_id
