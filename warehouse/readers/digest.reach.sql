-- What was known at $at of how far each place of each list reaches, from four weeks: lists change hands and habits.
SELECT
    board,
    band,
    sum(hour_count)::BIGINT AS hour_count,
    sum(other_list_count)::BIGINT AS other_list_count
FROM core.place_reach
WHERE known_at <= $at AND reach_date >= ($at::TIMESTAMP)::DATE - 28
GROUP BY ALL
