-- What sources print (id, address, title) in loads after $after_load that is not identified yet.
WITH printed AS (
    SELECT DISTINCT
        split_part(board, '_', 1) AS source,
        coalesce(native_id, '') AS native_id,
        coalesce(url, '') AS url,
        title
    FROM raw.entries
    WHERE load_id > $after_load
),

hashed AS (
    SELECT
        *,
        md5_number_lower(concat_ws(chr(31), source, native_id, url, title)) AS reference_id
    FROM printed
)

SELECT
    hashed.reference_id,
    hashed.source,
    hashed.native_id,
    hashed.url,
    titles.title_id,
    titles.folded_title
FROM hashed
INNER JOIN core.titles AS titles USING (title)
ANTI JOIN core.item_references AS refs ON refs.reference_id = hashed.reference_id
ORDER BY hashed.reference_id
