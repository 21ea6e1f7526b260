-- The topics that rise now: the newest forecasts, best first when ordered by chance_3h.
-- grain: topic_id
-- code_version: 2
-- column topic_id: the topic
-- column title: its label: the title that tells it best
-- column made_at: the instant of the forecast, UTC
-- column stage: rising or bursting
-- column chance_1h: chance, 0 to 1, that it comes to the top ten of board within an hour
-- column chance_3h: the same within three hours
-- column chance_6h: the same within six hours
-- column chance_spread_6h: chance that it is seen on three or more lists within six hours; null on three already
-- column board: the list that the chances are about, by the name of its first board
-- column rank: its rank there
-- column rank_gain: places gained there lately
-- column over_minutes: minutes in which it gained them
-- column peak_rank: expected best rank of its stay there
-- column peak_heat_share: share of the list's stays of eight days that peaked at less heat; null without heat
-- column minutes_left: minutes that it is expected to stay there yet
-- column stay_chance_30m: chance, 0 to 1, that its stay is seen to last 30 minutes or longer; null where the model tells none
-- column stay_chance_1h: the same of an hour
-- column stay_chance_3h: the same of three hours
-- column stay_chance_6h: the same of six hours
-- column causes: why: what weighed most, the strongest first, each with the figures that it is told with
-- column board_count: lists on which it stands
-- column model: what made the forecast
SELECT
    forecasts.topic_id,
    topics.label AS title,
    forecasts.made_at,
    forecasts.stage,
    forecasts.chance_1h,
    forecasts.chance_3h,
    forecasts.chance_6h,
    forecasts.chance_spread_6h,
    forecasts.board,
    forecasts.rank,
    forecasts.rank_gain,
    forecasts.over_minutes,
    forecasts.peak_rank,
    forecasts.peak_heat_share,
    forecasts.minutes_left,
    forecasts.stay_chance_30m,
    forecasts.stay_chance_1h,
    forecasts.stay_chance_3h,
    forecasts.stay_chance_6h,
    forecasts.causes,
    forecasts.board_count,
    forecasts.model
FROM mart.forecasts AS forecasts
INNER JOIN mart.topics AS topics USING (topic_id)
WHERE
    forecasts.is_rising
    AND NOT forecasts.is_replayed
    AND forecasts.made_at = (SELECT max(newest.made_at) FROM mart.forecasts AS newest WHERE NOT newest.is_replayed)
