-- How many topics came to three lists within six hours, by their lists and age, in the four weeks before $at
-- at this time of day and three hours either way: what was known then.
SELECT
    list_count,
    age_band,
    sum(topic_count)::BIGINT AS topic_count,
    sum(spread_count)::BIGINT AS spread_count
FROM core.spread_hours
WHERE
    known_at <= $at
    AND window_start >= $at - to_days($rule_spread_days)
    AND (epoch($at::TIMESTAMP) - epoch(window_start) + ($rule_spread_rate_hours + 0.5) * 3600) % 86400
        < (2 * $rule_spread_rate_hours + 1) * 3600
GROUP BY ALL
