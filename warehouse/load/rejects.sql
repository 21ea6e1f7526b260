-- Rows that cannot be entries, with the reason.
INSERT INTO raw.rejects BY NAME
SELECT
    coalesce(board, '') AS board,
    captured_at,
    line AS position,
    doubt AS reason,
    left(
        concat_ws(' | ', if(doubt LIKE 'captured_at%', captured_at, NULL), rank, title, url),
        500
    ) AS found,
    $origin AS origin,
    $load_id AS load_id
FROM judged
WHERE doubt IS NOT NULL AND NOT is_known;
