-- What was learnt last of topics that spread, by $at.
SELECT known_until, model
FROM ops.spread_models
WHERE known_until <= $at
ORDER BY known_until DESC
LIMIT 1
