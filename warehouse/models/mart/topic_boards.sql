-- What each topic did on each board, all in all.
-- grain: topic_id, board
-- code_version: 1
-- column topic_id: the topic
-- column board: the board
-- column first_seen_at: first capture there that held it, UTC
-- column last_seen_at: last capture there that held it, UTC
-- column best_rank: best rank there; null when it was only pinned or paid
-- column entry_count: lines it had there
-- column peak_heat: highest heat there; comparable within the board only
-- column lag_minutes: minutes by which the board came after the first board that had the topic
SELECT
    members.topic_id,
    hours.board,
    min(hours.first_seen_at) AS first_seen_at,
    max(hours.last_seen_at) AS last_seen_at,
    min(hours.best_rank) AS best_rank,
    sum(hours.entry_count)::BIGINT AS entry_count,
    max(hours.peak_heat) AS peak_heat,
    epoch(
        min(hours.first_seen_at) - min(min(hours.first_seen_at)) OVER (PARTITION BY members.topic_id)
    ) / 60 AS lag_minutes
FROM core.item_hours AS hours
INNER JOIN core.topic_members AS members USING (item_id)
WHERE members.until_at IS NULL
GROUP BY members.topic_id, hours.board
