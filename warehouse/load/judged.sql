-- Each printed row, read and judged: what it says, or why it cannot be an entry.
CREATE OR REPLACE TEMP TABLE judged AS
WITH named AS (
    SELECT
        printed.* EXCLUDE (extra),
        if(json_valid(printed.extra), printed.extra, NULL) AS extra,
        coalesce(
            map($sources::VARCHAR[], $boards::VARCHAR[])[printed.source],
            -- An archive's own name becomes a board name: bilibili-hot-search, bilibili_hot_search.
            nullif(trim(regexp_replace(lower(printed.source), '[^a-z0-9]+', '_', 'g'), '_'), '')
        ) AS board,
        instants.instant,
        instants.reason AS instant_doubt,
        trim(printed.rank) AS printed_rank
    FROM printed
    LEFT JOIN instants ON instants.printed = printed.captured_at
),

marked AS (
    SELECT
        *,
        -- 2, 2.0, 第2名, No.2; half a rank is none.
        try_cast(
            regexp_extract(printed_rank, '^(?:第|No\.|NO\.|#)?\s?(\d{1,9})(?:\.0+)?\s?(?:名|位)?$', 1) AS INTEGER
        ) AS printed_place,
        coalesce(try_cast(json_extract_string(extra, '$.ad') AS BOOLEAN), FALSE) AS is_paid,
        coalesce(try_cast(json_extract_string(extra, '$.pinned') AS BOOLEAN), FALSE)
        OR printed_rank IS NULL OR printed_rank IN ('置顶', '顶', 'pinned', 'top') AS is_pinned
    FROM named
),

doubted AS (
    SELECT
        * EXCLUDE (printed_place),
        CASE WHEN is_paid THEN 'paid' WHEN is_pinned THEN 'pinned' ELSE 'ranked' END AS kind,
        if(is_paid OR is_pinned, NULL, printed_place) AS printed_place,
        CASE
            WHEN board IS NULL THEN 'source_missing'
            WHEN captured_at IS NULL THEN 'captured_at_missing'
            WHEN instant IS NULL THEN instant_doubt
            WHEN instant NOT BETWEEN $earliest::TIMESTAMP AND $latest::TIMESTAMP THEN 'captured_at_out_of_range'
            WHEN title IS NULL OR trim(title) = '' THEN 'title_missing'
            WHEN NOT is_paid AND NOT is_pinned AND printed_place IS NULL THEN 'rank_unreadable'
        END AS first_doubt
    FROM marked
),

-- An archive counts from 0 where half of a board's captures have a place 0: one that strays shifts nothing.
origins AS (
    SELECT board, 2 * count_if(lowest = 0) >= count(*) AS is_from_zero
    FROM (
        SELECT board, instant, min(printed_place) AS lowest
        FROM doubted
        WHERE first_doubt IS NULL AND printed_place IS NOT NULL
        GROUP BY board, instant
    )
    GROUP BY board
),

placed AS (
    SELECT
        doubted.* EXCLUDE (first_doubt),
        printed_place + if(origins.is_from_zero, 1, 0) AS place,
        CASE
            WHEN first_doubt IS NOT NULL THEN first_doubt
            WHEN printed_place + if(origins.is_from_zero, 1, 0) < 1 THEN 'rank_unreadable'
        END AS first_doubt
    FROM doubted
    LEFT JOIN origins USING (board)
),

-- The same line twice is one line.
single AS (
    SELECT
        *,
        first_doubt IS NULL AND row_number() OVER (
            PARTITION BY board, instant, kind, place, title, url, first_doubt IS NULL ORDER BY line
        ) > 1 AS is_repeated
    FROM placed
),

-- Where lines of a capture share a place they are told apart by their order.
ties AS (
    SELECT board, instant, min(place) AS first_place
    FROM single
    WHERE first_doubt IS NULL AND NOT is_repeated AND place IS NOT NULL
    GROUP BY board, instant
    HAVING count(*) > count(DISTINCT place)
),

ranked AS (
    SELECT
        single.* EXCLUDE (place),
        CASE
            WHEN ties.board IS NULL OR first_doubt IS NOT NULL OR is_repeated OR place IS NULL THEN place
            ELSE ties.first_place - 1 + row_number() OVER (
                PARTITION BY single.board, single.instant, first_doubt IS NULL AND NOT is_repeated AND place IS NOT NULL
                ORDER BY place, line
            )
        END::INTEGER AS place
    FROM single
    LEFT JOIN ties USING (board, instant)
)

SELECT
    ranked.* EXCLUDE (first_doubt, is_repeated, printed_rank, printed_place, instant_doubt),
    CASE
        WHEN first_doubt IS NOT NULL THEN first_doubt
        WHEN is_repeated OR same.title IS NOT NULL THEN NULL
        WHEN other.title IS NOT NULL THEN 'rank_taken'
    END AS doubt,
    -- Known is what stands there already: in the file before, or in its capture, whatever load brought it.
    is_repeated OR (first_doubt IS NULL AND same.title IS NOT NULL) AS is_known,
    captures.board IS NOT NULL AS has_capture
FROM ranked
LEFT JOIN raw.snapshots AS captures ON captures.board = ranked.board AND captures.captured_at = ranked.instant
LEFT JOIN (SELECT DISTINCT board, captured_at, kind, title FROM raw.entries) AS same
    ON
        same.board = ranked.board
        AND same.captured_at = ranked.instant
        AND same.kind = ranked.kind
        AND same.title = ranked.title
LEFT JOIN raw.entries AS other
    ON
        other.board = ranked.board
        AND other.captured_at = ranked.instant
        AND other.rank = ranked.place;
