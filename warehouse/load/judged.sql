-- Each line beside those of its capture: what it says, or why it cannot be an entry.
CREATE OR REPLACE TEMP TABLE judged AS
WITH lines AS (
    SELECT printed_lines.* REPLACE (coalesce(joined.captured_at, printed_lines.instant) AS instant)
    FROM $query_printed_lines AS printed_lines
    LEFT JOIN joined ON joined.board = printed_lines.board AND joined.instant = printed_lines.instant
),

-- An archive counts from 0 where half of a board's captures have a place 0: one that strays shifts nothing.
origins AS (
    SELECT board, 2 * count_if(lowest = 0) >= count(*) AS is_from_zero
    FROM (
        SELECT board, instant, min(printed_place) AS lowest
        FROM lines
        WHERE first_doubt IS NULL AND printed_place IS NOT NULL
        GROUP BY board, instant
    )
    GROUP BY board
),

placed AS (
    SELECT
        lines.* EXCLUDE (first_doubt),
        printed_place + if(origins.is_from_zero, 1, 0) AS place,
        CASE
            WHEN first_doubt IS NOT NULL THEN first_doubt
            WHEN printed_place + if(origins.is_from_zero, 1, 0) NOT BETWEEN 1 AND $rule_deepest_rank THEN 'rank_out_of_range'
        END AS first_doubt
    FROM lines
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
    ranked.* EXCLUDE (first_doubt, is_repeated, printed_rank, printed_place, instant_doubt, rank_doubt),
    CASE
        WHEN first_doubt IS NOT NULL THEN first_doubt
        WHEN is_repeated OR same.title IS NOT NULL THEN NULL
        WHEN other.title IS NOT NULL THEN 'rank_taken'
    END AS doubt,
    -- Known is what stands there already: in the file before, or in its capture, whatever load brought it.
    is_repeated OR (first_doubt IS NULL AND same.title IS NOT NULL) AS is_known,
    first_doubt IS NULL AND NOT is_repeated AND same.title IS NOT NULL AS is_held,
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
