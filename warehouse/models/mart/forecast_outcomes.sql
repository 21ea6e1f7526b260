-- Each forecast of a topic on a list beside what came of it, as far as that is known: null is open, or was not to
-- be seen.
-- grain: topic_id, board, made_at, is_replayed
-- code_version: 2
-- column topic_id: the topic
-- column board: the list, by the name of its first board
-- column made_at: the instant of the forecast, UTC
-- column is_replayed: made later than its instant, by fengkou replay: never said in its time
-- column made_date: the day of that in Shanghai
-- column rank: its rank there then
-- column chance_1h: chance that it comes to the top ten within an hour; null where it was there already
-- column has_reached_1h: whether it came within an hour
-- column chance_3h: the same within three hours
-- column has_reached_3h: whether it came within three hours
-- column chance_6h: the same within six hours
-- column has_reached_6h: whether it came within six hours
-- column minutes_to_top: minutes until it came to the top ten, if within six hours
-- column chance_spread_6h: chance that the topic is seen on three or more lists within six hours; null on three already
-- column has_spread: whether it was; said of the topic, so the same for all its lists
-- column minutes_left: minutes that its stay was expected to last yet, median
-- column minutes_left_low: the low end of an interval that holds 80 of 100: the 10th hundredth, or a higher one where that is nought
-- column minutes_left_high: its high end, 80 hundredths above
-- column stay_chance_30m: chance, 0 to 1, that its stay is seen to last 30 minutes or longer; null where the model tells none
-- column stay_chance_1h: the same of an hour
-- column stay_chance_3h: the same of three hours
-- column stay_chance_6h: the same of six hours
-- column minutes_left_actual: minutes that it did last
-- column peak_rank: expected best rank of its stay, median
-- column peak_rank_low: the 10th hundredth of that: nearer the top
-- column peak_rank_high: the 90th hundredth of that
-- column peak_rank_actual: the best rank of its stay, once that is over
-- column model: what made the forecast: an id of ops.models, starting or plain
-- column is_honest: whether the model knew nothing later than the instant
SELECT
    forecasts.topic_id,
    forecasts.board,
    forecasts.made_at,
    forecasts.is_replayed,
    (forecasts.made_at + to_hours($rule_shanghai_hours))::DATE AS made_date,
    forecasts.rank,
    forecasts.chance_1h,
    windows.has_reached_1h,
    forecasts.chance_3h,
    windows.has_reached_3h,
    forecasts.chance_6h,
    windows.has_reached_6h,
    round(epoch(windows.top_at - forecasts.made_at) / 60, 1) AS minutes_to_top,
    leads.chance_spread_6h,
    spreads.has_spread,
    forecasts.minutes_left,
    forecasts.minutes_left_low,
    forecasts.minutes_left_high,
    forecasts.stay_chance_30m,
    forecasts.stay_chance_1h,
    forecasts.stay_chance_3h,
    forecasts.stay_chance_6h,
    -- What went off the list between the last capture and the instant had no time left.
    if(ends.ended_at < forecasts.made_at, 0, round(epoch(ends.ended_at - forecasts.made_at) / 60, 1))
        AS minutes_left_actual,
    forecasts.peak_rank,
    forecasts.peak_rank_low,
    forecasts.peak_rank_high,
    if(ends.is_over, ends.best_rank, NULL) AS peak_rank_actual,
    forecasts.model,
    forecasts.is_honest
FROM mart.board_forecasts AS forecasts
INNER JOIN mart.forecast_windows AS windows USING (topic_id, board, made_at, is_replayed)
LEFT JOIN mart.forecasts AS leads USING (topic_id, made_at, is_replayed)
LEFT JOIN mart.spread_windows AS spreads USING (topic_id, made_at, is_replayed)
LEFT JOIN core.stay_ends AS ends
    ON ends.board = windows.board AND ends.item_id = windows.item_id AND ends.began_at = windows.began_at
