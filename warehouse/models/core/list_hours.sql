-- What each item did on each board in each hour, with the list that the board shows.
-- grain: board, item_id, window_start
-- code_version: 1
-- column list_board: the board that the list is named by
-- column board: the board
-- column item_id: the item
-- column window_start: start of the hour, UTC
-- column first_seen_at: first capture in the hour that held it, UTC
-- column last_seen_at: last capture in the hour that held it, UTC
-- column best_rank: best rank in the hour; null when it was only pinned or paid
-- column last_rank: rank at the last capture of the hour that ranked it
SELECT
    coalesce(boards.list_board, hours.board) AS list_board,
    hours.board,
    hours.item_id,
    hours.window_start,
    hours.first_seen_at,
    hours.last_seen_at,
    hours.best_rank,
    hours.last_rank
FROM core.item_hours AS hours
LEFT JOIN ops.boards AS boards USING (board)
