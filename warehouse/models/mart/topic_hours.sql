-- What each topic did on each board in each hour.
-- grain: topic_id, board, window_start
-- code_version: 1
-- column topic_id: the topic
-- column board: the board
-- column window_start: start of the hour, UTC
-- column best_rank: best rank in the hour
-- column last_rank: best of its items' last ranks in the hour
-- column peak_heat: highest heat in the hour; comparable within the board only
-- column entry_count: lines it had
SELECT
    members.topic_id,
    hours.board,
    hours.window_start,
    min(hours.best_rank) AS best_rank,
    min(hours.last_rank) AS last_rank,
    max(hours.peak_heat) AS peak_heat,
    sum(hours.entry_count)::BIGINT AS entry_count
FROM core.item_hours AS hours
INNER JOIN core.topic_members AS members USING (item_id)
WHERE members.until_at IS NULL
GROUP BY members.topic_id, hours.board, hours.window_start
