-- Each load, the newest first, with what it brought; those that were taken out again too.
SELECT
    load_id,
    origin,
    loaded_at,
    rows_in,
    rows_kept,
    rows_rejected,
    rows_known,
    snapshot_count,
    earliest_captured_at,
    latest_captured_at,
    unloaded_at
FROM ops.loads
ORDER BY load_id DESC
LIMIT $shown
