-- Each printed row, read by itself: what it says, or why it can be no entry.
WITH named AS (
    SELECT
        printed.* EXCLUDE (extra),
        if(json_valid(printed.extra), printed.extra, NULL) AS extra,
        sources.board,
        instants.instant,
        instants.reason AS instant_doubt,
        trim(printed.rank) AS printed_rank,
        ranks.place AS printed_place,
        ranks.reason AS rank_doubt
    FROM printed
    LEFT JOIN sources ON sources.printed = printed.source
    LEFT JOIN instants ON instants.printed = printed.captured_at
    LEFT JOIN ranks ON ranks.printed = printed.rank
),

marked AS (
    SELECT
        *,
        coalesce(try_cast(json_extract_string(extra, '$.ad') AS BOOLEAN), FALSE) AS is_paid,
        coalesce(try_cast(json_extract_string(extra, '$.pinned') AS BOOLEAN), FALSE)
        OR printed_rank IS NULL OR printed_rank IN ('置顶', '顶', 'pinned', 'top') AS is_pinned
    FROM named
)

SELECT
    * EXCLUDE (printed_place),
    CASE WHEN is_paid THEN 'paid' WHEN is_pinned THEN 'pinned' ELSE 'ranked' END AS kind,
    if(is_paid OR is_pinned, NULL, printed_place) AS printed_place,
    CASE
        WHEN board IS NULL THEN 'source_missing'
        WHEN captured_at IS NULL THEN 'captured_at_missing'
        WHEN instant IS NULL THEN instant_doubt
        WHEN instant NOT BETWEEN $earliest::TIMESTAMP AND $latest::TIMESTAMP THEN 'captured_at_out_of_range'
        -- Joiners, marks of direction and the like show nothing.
        WHEN title IS NULL OR regexp_full_match(title, '[\s\pZ\p{Cc}\p{Cf}]*') THEN 'title_missing'
        -- {"text": …} where a title is expected: which of its values is one nobody said.
        WHEN left(title, 1) IN ('{', '[') AND json_valid(title) THEN 'title_not_text'
        WHEN NOT is_paid AND NOT is_pinned AND printed_place IS NULL THEN rank_doubt
    END AS first_doubt
FROM marked
