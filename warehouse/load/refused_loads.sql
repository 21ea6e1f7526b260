-- The ledger tells what is in the warehouse: what is refused now was not kept.
UPDATE ops.loads AS loads
SET
    rows_kept = coalesce(rest.row_count, 0),
    rows_rejected = loads.rows_rejected + (loads.rows_kept - coalesce(rest.row_count, 0)),
    snapshot_count = coalesce(captures.capture_count, 0),
    earliest_captured_at = captures.earliest_at,
    latest_captured_at = captures.latest_at
FROM (SELECT DISTINCT load_id FROM refused_rows) AS touched
LEFT JOIN (SELECT load_id, count(*) AS row_count FROM raw.entries GROUP BY load_id) AS rest USING (load_id)
LEFT JOIN (
    SELECT
        load_id,
        count(*) AS capture_count,
        min(captured_at) AS earliest_at,
        max(captured_at) AS latest_at
    FROM raw.snapshots
    GROUP BY load_id
) AS captures USING (load_id)
WHERE loads.load_id = touched.load_id
