-- Each distinct source and title of the gathered archives, and the topic of the item that bore it first.
WITH printed AS (
    SELECT
        source,
        title,
        coalesce(native_id, '') AS native_id,
        coalesce(url, '') AS url,
        split_part(
            coalesce(
                map($sources::VARCHAR[], $boards::VARCHAR[])[source],
                nullif(trim(regexp_replace(lower(source), '[^a-z0-9]+', '_', 'g'), '_'), '')
            ),
            '_',
            1
        ) AS our_source,
        min(captured_at) AS first_seen_at
    FROM read_parquet($file)
    GROUP BY ALL
)

SELECT
    printed.source,
    printed.title,
    arg_min(members.topic_id, (printed.first_seen_at, refs.item_id)) AS topic_id
FROM printed
INNER JOIN core.item_references AS refs ON
    refs.reference_id = md5_number_lower(
        concat_ws(chr(31), printed.our_source, printed.native_id, printed.url, printed.title)
    )
INNER JOIN (
    SELECT item_id, arg_max(topic_id, joined_at) AS topic_id FROM core.topic_items GROUP BY item_id
) AS members USING (item_id)
GROUP BY printed.source, printed.title
ORDER BY printed.source, printed.title
