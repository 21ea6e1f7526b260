-- The calibration that was made at $day for what rule $version says, in its time or replayed.
SELECT outcome, horizon_minutes, board, slope, shift, outcome_weight
FROM ops.calibrations
WHERE known_until = $day AND is_replayed = $is_replayed AND rule_version = $version
