-- What was expected of a topic, by any of its ids, and what came of it: the $shown newest instants.
WITH told AS (
    SELECT *
    FROM mart.forecasts
    WHERE topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
),

outcomes AS (
    SELECT *
    FROM mart.forecast_outcomes
    WHERE topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
)

SELECT
    told.made_at,
    told.is_replayed,
    told.is_honest,
    told.board,
    told.rank,
    told.stage,
    told.chance_1h,
    told.chance_3h,
    told.chance_6h,
    told.minutes_left,
    told.peak_rank,
    outcomes.has_reached_3h,
    outcomes.minutes_to_top,
    outcomes.minutes_left_actual,
    outcomes.peak_rank_actual
FROM told
LEFT JOIN outcomes USING (topic_id, board, made_at, is_replayed)
ORDER BY told.made_at DESC, told.is_replayed, told.topic_id
LIMIT $shown
