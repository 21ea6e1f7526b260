-- Position is the order on the page as far as the archive tells it: pinned first, then by rank.
INSERT INTO raw.entries BY NAME
SELECT
    board,
    instant AS captured_at,
    row_number() OVER (
        PARTITION BY board, instant ORDER BY (kind = 'pinned') DESC, place NULLS LAST, line
    )::INTEGER AS position,
    kind,
    place AS rank,
    title,
    url,
    coalesce(json_extract_string(extra, '$.heat_text'), heat) AS heat,
    coalesce(native_id, json_extract_string(extra, '$.id')) AS native_id,
    label,
    coalesce(category, json_extract_string(extra, '$.category')) AS category,
    excerpt,
    extra,
    $load_id AS load_id
FROM judged
WHERE doubt IS NULL AND NOT is_known
ORDER BY captured_at, board, position;
