-- How much the warehouse holds and how far it is built.
SELECT
    (SELECT count(*) FROM raw.snapshots) AS snapshot_count,
    (SELECT count(*) FROM raw.entries) AS entry_count,
    (SELECT count(*) FROM raw.rejects) AS reject_count,
    (SELECT count(DISTINCT topic_id) FROM core.topic_members WHERE until_at IS NULL) AS topic_count,
    (SELECT max(latest_captured_at) FROM ops.loads) AS newest_capture_at,
    (SELECT max(made_at) FROM ops.forecast_instants) AS newest_forecast_at,
    (SELECT coalesce(max(load_id), 0) FROM ops.loads)
    - (SELECT coalesce(min(built_load_id), 0) FROM ops.tables WHERE built_load_id > 0) AS loads_not_built
