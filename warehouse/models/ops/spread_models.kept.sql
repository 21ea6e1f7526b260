-- The Mondays for which it was learnt already which topics spread.
SELECT known_until FROM ops.spread_models ORDER BY known_until
