-- A topic's boards by first sight, and its stays there as of its items' episodes.
SELECT
    stood.board,
    coalesce(boards.name_zh, stood.board) AS name_zh,
    coalesce(boards.name_en, stood.board) AS name_en,
    stood.first_seen_at,
    stood.last_seen_at,
    stood.best_rank,
    stood.entry_count
FROM mart.topic_boards AS stood
LEFT JOIN ops.boards AS boards USING (board)
WHERE stood.topic_id = $topic_id
ORDER BY stood.first_seen_at, stood.board
