-- Chance and outcome of forecasts of the top ten within three hours made since $since and known at $at, in ten
-- bins of the chance.
SELECT
    count(*) AS forecast_count,
    avg(forecasts.chance_3h) AS mean_chance,
    avg(windows.has_reached_3h::INTEGER) AS reached_share
FROM mart.forecast_windows AS windows
INNER JOIN mart.board_forecasts AS forecasts USING (topic_id, board, made_at, is_replayed)
WHERE
    windows.made_at >= $since
    AND windows.made_at <= $at::TIMESTAMP - to_hours($rule_call_horizon_hours)
    AND forecasts.is_honest
    AND NOT forecasts.is_replayed
    AND windows.has_reached_3h IS NOT NULL
GROUP BY least(floor(forecasts.chance_3h * $rule_reliability_bins), $rule_reliability_bins - 1)
ORDER BY mean_chance
