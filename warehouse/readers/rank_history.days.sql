-- How much the warehouse holds of each day up to $until: ranked lines, and stays' worth of new items.
WITH lines AS (
    SELECT date_trunc('day', captured_at) AS day_start, sum(ranked_count)::BIGINT AS line_count
    FROM core.snapshots
    WHERE captured_at <= $until
    GROUP BY ALL
),

arrivals AS (
    SELECT date_trunc('day', first_seen_at) AS day_start, count(*) AS item_count
    FROM core.items
    WHERE first_seen_at <= $until
    GROUP BY ALL
)

SELECT lines.day_start, lines.line_count, coalesce(arrivals.item_count, 0) AS item_count
FROM lines
LEFT JOIN arrivals USING (day_start)
ORDER BY lines.day_start DESC
