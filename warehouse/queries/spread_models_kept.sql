-- Until when it was learnt which topics spread, and the first capture that yielded a list.
SELECT
    (SELECT max(known_until) FROM ops.spread_models) AS known_until,
    (SELECT min(captured_at) FROM core.snapshots) AS first_at
