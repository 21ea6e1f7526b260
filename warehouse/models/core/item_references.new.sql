-- What sources print (id, address, title) in loads after $after_load that is not identified yet. An id or an address
-- that several titles of the capture bear in which it came first, or an id that counts the lines, is none of one thing.
WITH printed AS (
    SELECT
        split_part(lines.board, '_', 1) AS source,
        lines.board,
        lines.captured_at,
        lines.rank,
        coalesce(lines.native_id, '') AS native_id,
        coalesce(lines.url, '') AS url,
        lines.title,
        titles.title_id,
        titles.folded_title
    FROM raw.entries AS lines
    INNER JOIN core.titles AS titles USING (title)
    WHERE lines.load_id > $after_load
),

shared_ids AS (
    SELECT board, captured_at, native_id
    FROM printed
    WHERE native_id <> ''
    GROUP BY ALL
    HAVING count(DISTINCT title_id) > 1
),

shared_urls AS (
    SELECT board, captured_at, url
    FROM printed
    WHERE url <> ''
    GROUP BY ALL
    HAVING count(DISTINCT title_id) > 1
),

-- Five lines of which four in five are numbered by their place are a count, and no chance.
counting AS (
    SELECT board, captured_at
    FROM printed
    WHERE native_id <> '' AND rank IS NOT NULL
    GROUP BY ALL
    HAVING count(*) >= 5 AND 5 * count_if(native_id IN (rank::VARCHAR, (rank - 1)::VARCHAR)) >= 4 * count(*)
),

firsts AS (
    SELECT
        source,
        native_id,
        url,
        title,
        any_value(title_id) AS title_id,
        any_value(folded_title) AS folded_title,
        min(captured_at) AS captured_at,
        arg_min(board, (captured_at, board)) AS board,
        md5_number_lower(concat_ws(chr(31), source, native_id, url, title)) AS reference_id
    FROM printed
    GROUP BY source, native_id, url, title
)

SELECT
    firsts.reference_id,
    firsts.source,
    if(shared_ids.board IS NULL AND counting.board IS NULL, firsts.native_id, '') AS native_id,
    if(shared_urls.board IS NULL, firsts.url, '') AS url,
    firsts.title_id,
    firsts.folded_title
FROM firsts
ANTI JOIN core.item_references AS refs ON refs.reference_id = firsts.reference_id
LEFT JOIN shared_ids USING (board, captured_at, native_id)
LEFT JOIN shared_urls USING (board, captured_at, url)
LEFT JOIN counting USING (board, captured_at)
ORDER BY firsts.reference_id
