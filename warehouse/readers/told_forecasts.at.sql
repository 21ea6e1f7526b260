-- The forecasts of $at, best chance first: what was said then, else what was replayed since.
SELECT
    topic_id,
    board,
    rank,
    chance_1h,
    chance_3h,
    chance_6h,
    chance_spread_6h,
    peak_rank_low,
    peak_rank,
    peak_rank_high,
    minutes_left_low,
    minutes_left,
    minutes_left_high,
    stay_chance_30m,
    stay_chance_1h,
    stay_chance_3h,
    stay_chance_6h,
    list_transform(lists, LAMBDA told: struct_extract(told, 'rank')) AS list_ranks,
    list_transform(lists, LAMBDA told: struct_extract(told, 'chance_3h')) AS list_chances,
    list_transform(lists, LAMBDA told: struct_extract(told, 'stay_chance_30m')) AS list_stays,
    peak_heat_share,
    stage,
    model,
    is_honest
FROM $query_told_forecasts
WHERE made_at = $at
QUALIFY is_replayed = min(is_replayed) OVER ()
ORDER BY coalesce(chance_3h, 0) DESC, rank, topic_id
