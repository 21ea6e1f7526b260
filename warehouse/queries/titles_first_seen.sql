-- Clean titles first seen from $since on, in the order in which they were seen.
SELECT
    sights.title_id,
    any_value(titles.clean_title) AS clean_title,
    any_value(sights.first_seen_at) AS first_seen_at,
    date_trunc('hour', any_value(sights.first_seen_at)) AS window_start
FROM core.title_sights AS sights
INNER JOIN core.titles AS titles USING (title_id)
WHERE sights.first_seen_at >= $since
GROUP BY sights.title_id
ORDER BY any_value(sights.first_seen_at), any_value(sights.first_board), sights.title_id
