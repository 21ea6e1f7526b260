-- The first capture that yielded a list, and the newest.
SELECT min(captured_at) AS first_at, max(captured_at) AS newest_at FROM core.snapshots
