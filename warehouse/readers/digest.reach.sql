-- What was known at $at of how far each place of each list reaches.
SELECT
    board,
    band,
    sum(hour_count)::BIGINT AS hour_count,
    sum(other_list_count)::BIGINT AS other_list_count
FROM core.place_reach
WHERE known_at <= $at AND reach_date >= ($at::TIMESTAMP)::DATE - $rule_reach_days
GROUP BY ALL
