-- The days (Shanghai) on which each list was read.
SELECT DISTINCT
    board,
    (captured_at + to_hours($rule_shanghai_hours))::DATE AS read_on
FROM core.snapshots
ORDER BY board, read_on
