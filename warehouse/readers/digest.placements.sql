-- What is printed where some topics stand: board, captured_at and position name the lines. A list goes by
-- the name of its first board, whichever was read.
WITH wanted AS (
    SELECT unnest($boards::VARCHAR[]) AS board, unnest($instants::TIMESTAMP[]) AS captured_at,
        unnest($positions::INTEGER[]) AS position
),

lines AS (
    SELECT entries.board, entries.captured_at, entries.position, entries.title_id, printed.url
    FROM wanted
    INNER JOIN core.entries AS entries USING (board, captured_at, position)
    INNER JOIN raw.entries AS printed USING (board, captured_at, position)
    WHERE
        entries.captured_at >= $since AND entries.captured_at <= $at
        AND printed.captured_at >= $since AND printed.captured_at <= $at
),

titles AS (SELECT DISTINCT title_id, clean_title FROM core.titles SEMI JOIN lines USING (title_id))

SELECT
    lines.board,
    lines.captured_at,
    lines.position,
    titles.clean_title,
    lines.url,
    boards.heat_unit,
    coalesce(lists.name_zh, lines.board) AS name_zh,
    coalesce(lists.name_en, lines.board) AS name_en
FROM lines
INNER JOIN titles USING (title_id)
LEFT JOIN ops.boards AS boards ON boards.board = lines.board
LEFT JOIN ops.boards AS lists ON lists.board = boards.list_board
