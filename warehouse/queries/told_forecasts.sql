-- Forecasts as they are told: of an instant those of the newest rule.
SELECT forecasts.*
FROM ops.forecasts AS forecasts
SEMI JOIN (
    SELECT made_at, is_replayed, arg_max(rule_version, said_at) AS rule_version
    FROM ops.forecast_runs
    GROUP BY made_at, is_replayed
) AS newest USING (made_at, is_replayed, rule_version)
