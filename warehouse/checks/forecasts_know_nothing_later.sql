-- A topic is judged only after its first item was seen.
-- table: mart.forecasts
SELECT forecasts.topic_id, forecasts.made_at, min(topic_items.joined_at) AS first_joined_at
FROM mart.forecasts AS forecasts
LEFT JOIN core.topic_items AS topic_items USING (topic_id)
GROUP BY ALL
HAVING first_joined_at IS NULL OR first_joined_at > forecasts.made_at
