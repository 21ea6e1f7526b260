-- What was expected of each topic on each of its lists, kept as it was made.
-- grain: topic_id, board, made_at, is_replayed
-- code_version: 2
-- column topic_id: the topic
-- column made_at: the instant of the forecast, UTC
-- column is_replayed: made later than its instant, by fengkou replay: never said in its time
-- column board: the list, by the name of its first board
-- column item_id: its item there: the one with the best chance, else of the best rank
-- column rank: its rank
-- column chance_1h: chance, 0 to 1, that it comes to the top ten within an hour; null where it was there already
-- column chance_3h: the same within three hours
-- column chance_6h: the same within six hours
-- column peak_rank: expected best rank of its stay, median
-- column peak_rank_low: the 10th hundredth of that, nearer the top
-- column peak_rank_high: the 90th hundredth of that
-- column peak_heat_share: share of the list's stays of eight days that peaked at less heat; null without heat
-- column minutes_left: minutes that it is expected to stay yet, median
-- column minutes_left_low: the low end of an interval that holds 80 of 100: the 10th hundredth, or a higher one where that is nought
-- column minutes_left_high: its high end, 80 hundredths above
-- column stay_chance_30m: chance, 0 to 1, that its stay is seen to last 30 minutes or longer; null where the model tells none
-- column stay_chance_1h: the same of an hour
-- column stay_chance_3h: the same of three hours
-- column stay_chance_6h: the same of six hours
-- column raw_chances: chance_1h, chance_3h and chance_6h as the model gave them, before they were recalibrated
-- column raw_stay_chances: the chances of staying as the model gave them, for each of the minutes 5, 30, 60, 120, 180, 360, 720, 1440, 2880
-- column model: what made it, as in mart.forecasts
-- column is_honest: whether the model knew nothing later than the instant either
SELECT
    listed.topic_id,
    listed.made_at,
    listed.is_replayed,
    listed.item.board,
    listed.item.item_id,
    listed.item.rank,
    listed.item.chance_1h,
    listed.item.chance_3h,
    listed.item.chance_6h,
    listed.item.peak_rank,
    listed.item.peak_rank_low,
    listed.item.peak_rank_high,
    listed.item.peak_heat_share,
    listed.item.minutes_left,
    listed.item.minutes_left_low,
    listed.item.minutes_left_high,
    listed.item.stay_chance_30m,
    listed.item.stay_chance_1h,
    listed.item.stay_chance_3h,
    listed.item.stay_chance_6h,
    listed.item.raw_chances,
    listed.item.raw_stay_chances,
    listed.item.model,
    listed.item.is_honest
FROM (SELECT topic_id, made_at, is_replayed, unnest(lists) AS item FROM $query_told_forecasts) AS listed
