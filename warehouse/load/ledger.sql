-- The line of this import in the ledger: rows in = kept + rejected + known.
INSERT INTO ops.loads
SELECT
    $load_id,
    $origin,
    now()::TIMESTAMP,
    count(*),
    count(*) FILTER (doubt IS NULL AND NOT is_known),
    count(*) FILTER (doubt IS NOT NULL AND NOT is_known),
    count(*) FILTER (is_known),
    count(DISTINCT row(board, instant)) FILTER (doubt IS NULL AND NOT is_known),
    min(instant) FILTER (doubt IS NULL AND NOT is_known),
    max(instant) FILTER (doubt IS NULL AND NOT is_known)
FROM judged;
