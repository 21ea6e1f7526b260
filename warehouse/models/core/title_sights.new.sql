-- Titles first seen from $since on, and where; what was first seen before is in the table.
SELECT
    entries.title_id,
    min(entries.captured_at) AS first_seen_at,
    arg_min(entries.board, (entries.captured_at, entries.board, entries.position)) AS first_board
FROM core.entries AS entries
ANTI JOIN core.title_sights AS sights ON sights.title_id = entries.title_id
WHERE entries.captured_at >= $since
GROUP BY entries.title_id
ORDER BY first_seen_at, first_board, entries.title_id
