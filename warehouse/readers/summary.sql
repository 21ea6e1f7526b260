-- How much the warehouse holds and how far it is built; of tables alone, for views come with the first build.
WITH present AS (
    SELECT arg_max(topic_id, joined_at) AS topic_id FROM core.topic_items GROUP BY item_id
)

SELECT
    (SELECT count(*) FROM raw.snapshots) AS snapshot_count,
    (SELECT count(*) FROM raw.entries) AS entry_count,
    (SELECT count(*) FROM raw.rejects) AS reject_count,
    (SELECT count(DISTINCT topic_id) FROM present) AS topic_count,
    (SELECT max(captured_at) FROM raw.snapshots) AS newest_capture_at,
    (SELECT max(made_at) FROM ops.forecast_runs WHERE NOT is_replayed) AS newest_forecast_at,
    (SELECT coalesce(max(load_id), 0) FROM ops.loads)
    - (SELECT coalesce(min(built_load_id), 0) FROM ops.tables WHERE built_load_id > 0) AS loads_not_built
