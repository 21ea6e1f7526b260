-- The line of this import in the ledger: rows in = kept + rejected + known.
INSERT INTO ops.loads BY NAME
SELECT
    $load_id AS load_id,
    $origin AS origin,
    now()::TIMESTAMP AS loaded_at,
    count(*) + $bad_lines AS rows_in,
    count(*) FILTER (doubt IS NULL AND NOT is_known) AS rows_kept,
    count(*) FILTER (doubt IS NOT NULL AND NOT is_known) + $bad_lines AS rows_rejected,
    count(*) FILTER (is_known) AS rows_known,
    count(DISTINCT row(board, instant)) FILTER (doubt IS NULL AND NOT is_known AND NOT has_capture) AS snapshot_count,
    min(instant) FILTER (doubt IS NULL AND NOT is_known) AS earliest_captured_at,
    max(instant) FILTER (doubt IS NULL AND NOT is_known) AS latest_captured_at
FROM judged;
