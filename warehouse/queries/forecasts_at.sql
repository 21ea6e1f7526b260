-- The forecasts that were made at $at, best chance first.
SELECT *
FROM mart.forecasts
WHERE made_at = $at
ORDER BY coalesce(chance_3h, 0) DESC, rank, topic_id
