-- Each printed row, read and judged: what it says, or why it cannot be an entry.
CREATE OR REPLACE TEMP TABLE judged AS
WITH named AS (
    SELECT
        *,
        coalesce(
            map($sources::VARCHAR[], $boards::VARCHAR[])[source],
            -- An archive's own name becomes a board name: bilibili-hot-search, bilibili_hot_search.
            nullif(trim(regexp_replace(lower(source), '[^a-z0-9]+', '_', 'g'), '_'), '')
        ) AS board,
        -- A zone is honoured where one is printed; without one the instant is UTC.
        coalesce(try_cast(captured_at AS TIMESTAMPTZ) AT TIME ZONE 'UTC', NULL) AS instant,
        try_cast(rank AS INTEGER) AS place,
        coalesce(try_cast(json_extract_string(extra, '$.ad') AS BOOLEAN), FALSE) AS is_paid,
        coalesce(try_cast(json_extract_string(extra, '$.pinned') AS BOOLEAN), FALSE) AS is_pinned
    FROM (SELECT * REPLACE (if(json_valid(extra), extra, NULL) AS extra) FROM printed)
),

read AS (
    SELECT
        * EXCLUDE (place),
        CASE WHEN is_paid THEN 'paid' WHEN is_pinned OR rank IS NULL THEN 'pinned' ELSE 'ranked' END
            AS kind,
        if(is_paid OR is_pinned, NULL, place) AS place
    FROM named
),

doubted AS (
    SELECT
        *,
        CASE
            WHEN board IS NULL THEN 'source_missing'
            WHEN instant IS NULL THEN 'captured_at_unreadable'
            WHEN instant NOT BETWEEN $earliest::TIMESTAMP AND $latest::TIMESTAMP THEN 'captured_at_out_of_range'
            WHEN title IS NULL OR trim(title) = '' THEN 'title_missing'
            WHEN kind = 'ranked' AND coalesce(place, 0) < 1 THEN 'rank_unreadable'
        END AS first_doubt
    FROM read
)

SELECT
    doubted.* EXCLUDE (first_doubt),
    CASE
        WHEN first_doubt IS NOT NULL THEN first_doubt
        WHEN kind = 'ranked' AND row_number() OVER (
            PARTITION BY doubted.board, instant, place, first_doubt IS NULL, kind ORDER BY line
        ) > 1 THEN 'rank_taken'
    END AS doubt,
    known.board IS NOT NULL AS is_known
FROM doubted
LEFT JOIN raw.snapshots AS known ON known.board = doubted.board AND known.captured_at = instant;
