-- A topic hour by hour: boards that held it, its best rank, items that joined.
WITH stood AS (
    SELECT window_start, count(DISTINCT board) AS board_count, min(best_rank) AS best_rank
    FROM mart.topic_hours
    WHERE topic_id = $topic_id
    GROUP BY window_start
),

joined AS (
    SELECT date_trunc('hour', items.first_seen_at) AS window_start, count(*) AS new_item_count
    FROM core.topic_members AS members
    INNER JOIN core.items AS items USING (item_id)
    WHERE members.topic_id = $topic_id AND members.until_at IS NULL
    GROUP BY ALL
)

SELECT
    stood.window_start,
    stood.board_count,
    stood.best_rank,
    coalesce(joined.new_item_count, 0) AS new_item_count
FROM stood
LEFT JOIN joined USING (window_start)
ORDER BY stood.window_start
