-- What was expected of each topic on a list: as it was said in its time, and as the newest replay told it since.
-- grain: topic_id, made_at, is_replayed
-- code_version: 3
-- column topic_id: the topic
-- column made_at: the instant of the forecast, UTC; nothing later was known
-- column is_replayed: made later than its instant, by fengkou replay: never said in its time
-- column rule_version: the version of the rule that made it
-- column board: the list that the chances are about: where they are best; the list where it ranks best when none is left to reach
-- column item_id: its item there
-- column title: the title that this bore when it was first seen; its address stands in mart.topic_titles
-- column rank: its rank there
-- column chance_1h: chance, 0 to 1, that it comes to the top ten there within an hour; null where it was there already
-- column chance_3h: the same within three hours
-- column chance_6h: the same within six hours
-- column chance_spread_6h: chance that it is seen on three or more lists within six hours, those of now too; null on three already
-- column peak_rank: expected best rank of its stay there, median
-- column peak_rank_low: the 10th hundredth of that: nearer the top
-- column peak_rank_high: the 90th hundredth of that
-- column peak_heat_share: share, 0 to 1, of the list's stays of eight days that peaked at less heat; null without heat
-- column minutes_left: minutes that it is expected to stay there yet, median
-- column minutes_left_low: the low end of an interval that holds 80 of 100: the 10th hundredth, or a higher one where that is nought
-- column minutes_left_high: its high end, 80 hundredths above
-- column stay_chance_30m: chance, 0 to 1, that its stay is seen to last 30 minutes or longer; null where the model tells none
-- column stay_chance_1h: the same of an hour
-- column stay_chance_3h: the same of three hours
-- column stay_chance_6h: the same of six hours
-- column raw_chances: chance_1h, chance_3h and chance_6h as the model gave them, before they were recalibrated
-- column raw_stay_chances: the chances of staying as the model gave them, for each of the minutes 5, 30, 60, 120, 180, 360, 720, 1440, 2880
-- column stage: budding, rising, bursting, peak or fading, from what is expected of it
-- column causes: why: what weighed most in the forecast, the strongest first, each with the figures that it is told with
-- column rank_gain: places gained there lately, null when there is nothing to compare with
-- column over_minutes: minutes in which it gained them
-- column board_count: lists on which it stands
-- column is_rising: its stage is rising or bursting, and it has not been in the top ten there
-- column model: what made it: a model of ops.models, starting (the shipped one), or plain (rank alone: a list without a past)
-- column is_honest: whether the model knew nothing later than the instant either
-- column lists: what was expected of it on each of its lists; mart.board_forecasts has a line for each
-- column said_zh: why, in Chinese, as version 0.1 said it; null since
-- column said_en: the same in English
SELECT
    topic_id,
    made_at,
    is_replayed,
    rule_version,
    board,
    item_id,
    titles.clean_title AS title,
    rank,
    chance_1h,
    chance_3h,
    chance_6h,
    chance_spread_6h,
    peak_rank,
    peak_rank_low,
    peak_rank_high,
    peak_heat_share,
    minutes_left,
    minutes_left_low,
    minutes_left_high,
    stay_chance_30m,
    stay_chance_1h,
    stay_chance_3h,
    stay_chance_6h,
    raw_chances,
    raw_stay_chances,
    stage,
    causes,
    rank_gain,
    over_minutes,
    board_count,
    is_rising,
    model,
    is_honest,
    lists,
    said_zh,
    said_en
FROM $query_told_forecasts
-- An item whose load was taken out has no title any more: what was said of it stays said.
LEFT JOIN core.items AS items USING (item_id)
LEFT JOIN core.clean_titles AS titles ON titles.title_id = items.first_title_id
