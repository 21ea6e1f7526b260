-- Minutes from each right call since $since to the top ten, as known at $at.
SELECT lead_minutes
FROM mart.calls
WHERE NOT is_replayed AND verdict = 'right' AND called_at >= $since AND top_at <= $at
ORDER BY called_at, board, item_id
