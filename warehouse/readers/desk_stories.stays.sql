-- The days up to $at on which some items stood on lists, and from when to when; their ids come as one text.
-- Absences of days are looked for in them: what came and went within a day is one span.
SELECT
    hours.item_id,
    min(hours.first_seen_at) AS began_at,
    max(hours.last_seen_at) AS ended_at
FROM core.item_hours AS hours
SEMI JOIN (
    SELECT unnest(string_split(nullif($item_ids, ''), ' '))::BIGINT AS item_id
) AS asked USING (item_id)
WHERE hours.first_seen_at <= $at AND hours.best_rank IS NOT NULL
GROUP BY hours.item_id, date_trunc('day', hours.window_start)
ORDER BY began_at, hours.item_id
