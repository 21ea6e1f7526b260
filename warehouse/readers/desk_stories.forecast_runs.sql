-- The instants from $since to $at at which forecasts were made.
SELECT DISTINCT made_at FROM ops.forecast_runs WHERE made_at BETWEEN $since AND $at ORDER BY made_at
