-- What is printed where some topics stand: board, captured_at and position name the lines. A list goes by
-- the name of its first board, whichever was read.
SELECT
    entries.board,
    entries.captured_at,
    entries.position,
    titles.clean_title,
    printed.url,
    boards.heat_unit,
    coalesce(lists.name_zh, entries.board) AS name_zh,
    coalesce(lists.name_en, entries.board) AS name_en
FROM (
    SELECT unnest($boards::VARCHAR[]) AS board, unnest($instants::TIMESTAMP[]) AS captured_at,
        unnest($positions::INTEGER[]) AS position
) AS wanted
INNER JOIN core.entries AS entries USING (board, captured_at, position)
INNER JOIN raw.entries AS printed USING (board, captured_at, position)
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = entries.title_id
LEFT JOIN ops.boards AS boards ON boards.board = entries.board
LEFT JOIN ops.boards AS lists ON lists.board = boards.list_board
WHERE
    entries.captured_at >= $since AND entries.captured_at <= $at
    AND printed.captured_at >= $since AND printed.captured_at <= $at
