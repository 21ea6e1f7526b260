-- A board has one snapshot at an instant.
-- table: raw.snapshots
SELECT board, captured_at, count(*) AS snapshot_count
FROM raw.snapshots
GROUP BY ALL
HAVING snapshot_count > 1
