-- Chance and outcome of each day's forecasts of the top ten within three hours, in ten bins of the chance.
-- grain: made_date, is_replayed, bin
-- code_version: 1
-- column made_date: the day in Shanghai
-- column is_replayed: of what fengkou replay made, and not of what was said in its time
-- column bin: from 0 (chances below .1) to 9 (.9 and more)
-- column forecast_count: forecasts whose outcome is known
-- column mean_chance: mean of the chances that were given
-- column reached_share: share of them that came true
SELECT
    made_date,
    is_replayed,
    least(floor(chance_3h * $rule_reliability_bins), $rule_reliability_bins - 1)::INTEGER AS bin,
    count(*) AS forecast_count,
    avg(chance_3h) AS mean_chance,
    avg(has_reached_3h::INTEGER) AS reached_share
FROM mart.forecast_outcomes
WHERE is_honest AND has_reached_3h IS NOT NULL
GROUP BY ALL
