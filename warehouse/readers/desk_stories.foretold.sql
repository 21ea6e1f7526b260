-- The forecasts from $since to $at of topics by some ids, which come as one text; what was said in its time
-- goes before what a replay told of the same instant.
SELECT
    topic_id,
    made_at AS at_instant,
    stage,
    board,
    rank,
    chance_1h,
    chance_3h,
    minutes_left
FROM $query_told_forecasts
SEMI JOIN (SELECT unnest(string_split(nullif($topic_ids, ''), ' '))::BIGINT AS topic_id) AS asked USING (topic_id)
WHERE made_at BETWEEN $since AND $at
ORDER BY made_at, is_replayed DESC, topic_id
