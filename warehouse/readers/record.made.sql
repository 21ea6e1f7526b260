-- How many honest forecasts of the top ten were made in [$since, $until) and until $at.
SELECT count(*) AS forecast_count
FROM mart.board_forecasts
WHERE made_at >= $since AND made_at < $until AND made_at <= $at AND is_honest AND NOT is_replayed AND chance_3h IS NOT NULL
