-- The topics that rise now: the newest judgements, best first when ordered by score.
-- grain: topic_id
-- column topic_id: the topic
-- column title: the title of the item that founded it
-- column made_at: the instant of the judgement, UTC
-- column score: rising score, 0 to 100; 50 is the tenth place an hour on
-- column board: the list on which it rises most, by the name of its first board
-- column rank: its rank there
-- column rank_gain: places gained there
-- column over_minutes: minutes in which it gained them
-- column usual_gain: places that climbers usually gain in an hour on that board at that hour of day
-- column board_count: lists on which it stands
SELECT
    forecasts.topic_id,
    topics.title,
    forecasts.made_at,
    forecasts.score,
    forecasts.board,
    forecasts.rank,
    forecasts.rank_gain,
    forecasts.over_minutes,
    forecasts.usual_gain,
    forecasts.board_count
FROM mart.forecasts AS forecasts
INNER JOIN mart.topics AS topics USING (topic_id)
WHERE forecasts.is_rising AND forecasts.made_at = (SELECT max(newest.made_at) FROM mart.forecasts AS newest)
