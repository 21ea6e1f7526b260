-- A snapshot for each board and instant of which a line could be read and none is known.
INSERT INTO raw.snapshots BY NAME
SELECT
    board,
    instant AS captured_at,
    'ok' AS status,
    '' AS reason,
    '' AS detail,
    0 AS body_bytes,
    FALSE AS is_cached,
    count(*) FILTER (doubt IS NULL AND NOT is_known) AS entry_count,
    count(*) FILTER (doubt IS NOT NULL) AS reject_count,
    $origin AS origin,
    $load_id AS load_id
FROM judged
WHERE board IS NOT NULL AND instant IS NOT NULL AND NOT has_capture
GROUP BY board, instant
-- A capture of which no line could be read is no list; its lines are among the rejects.
HAVING entry_count > 0
ORDER BY captured_at, board;
