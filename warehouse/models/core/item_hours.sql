-- What each item did on each board in each hour.
-- grain: board, item_id, window_start
-- code_version: 1
-- since: window_start
-- column board: the board
-- column item_id: the item
-- column window_start: start of the hour, UTC
-- column first_seen_at: first capture in the hour that held it, UTC
-- column last_seen_at: last capture in the hour that held it, UTC
-- column entry_count: captures in the hour that held it
-- column best_rank: best rank in the hour; null when it was only pinned or paid
-- column last_rank: rank at the last capture of the hour that ranked it
-- column last_heat: heat then
-- column peak_heat: highest heat in the hour
-- column last_title_id: the title it bore last
SELECT
    board,
    item_id,
    date_trunc('hour', captured_at) AS window_start,
    min(captured_at) AS first_seen_at,
    max(captured_at) AS last_seen_at,
    count(*)::INTEGER AS entry_count,
    min(rank) AS best_rank,
    arg_max(rank, captured_at) FILTER (rank IS NOT NULL) AS last_rank,
    arg_max(heat_value, captured_at) FILTER (heat_value IS NOT NULL) AS last_heat,
    max(heat_value) AS peak_heat,
    arg_max(title_id, (captured_at, -position)) AS last_title_id
FROM core.entries
WHERE captured_at >= $since
GROUP BY board, item_id, window_start
ORDER BY window_start, board, item_id
