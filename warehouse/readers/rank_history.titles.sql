-- The title that each item bore when it was first seen, of the items seen in [$since, $until].
SELECT items.item_id, any_value(titles.clean_title) AS title
FROM core.items AS items
INNER JOIN core.titles AS titles ON titles.title_id = items.first_title_id
WHERE
    items.item_id IN (
        SELECT hours.item_id
        FROM core.item_hours AS hours
        WHERE hours.window_start >= date_trunc('hour', $since::TIMESTAMP) AND hours.window_start <= $until
    )
GROUP BY items.item_id
