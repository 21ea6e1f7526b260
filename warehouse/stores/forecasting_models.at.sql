-- The models that were taken into use and know nothing later than $at, the newest first.
SELECT model_id, known_until, model
FROM ops.models
WHERE is_accepted AND known_until <= $at
ORDER BY known_until DESC, trained_at DESC
LIMIT 3
