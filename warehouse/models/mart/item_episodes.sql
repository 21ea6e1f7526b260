-- Each item's stays on each board: coming back after twelve hours off it is a new episode of the same item.
-- grain: board, item_id, episode
-- code_version: 1
-- column board: the board
-- column item_id: the item
-- column topic_id: the topic that it belongs to
-- column episode: 1 for the first stay there
-- column first_seen_at: first capture of the stay that held it, UTC
-- column last_seen_at: last capture of the stay that held it, UTC
-- column best_rank: best rank of the stay; null when it was only pinned or paid
-- column entry_count: lines it had in the stay
-- column title: the clean title that it bore last in the stay
WITH hours AS (
    SELECT
        *,
        lag(last_seen_at) OVER (PARTITION BY board, item_id ORDER BY window_start) AS seen_before_at
    FROM core.item_hours
),

numbered AS (
    SELECT
        *,
        sum(coalesce(first_seen_at - seen_before_at > to_hours($rule_stay_gap_hours), TRUE)::INTEGER) OVER (
            PARTITION BY board, item_id ORDER BY window_start
        )::INTEGER AS episode
    FROM hours
),

stays AS (
    SELECT
        board,
        item_id,
        episode,
        min(first_seen_at) AS first_seen_at,
        max(last_seen_at) AS last_seen_at,
        min(best_rank) AS best_rank,
        sum(entry_count)::BIGINT AS entry_count,
        arg_max(last_title_id, window_start) AS title_id
    FROM numbered
    GROUP BY board, item_id, episode
)

SELECT
    stays.board,
    stays.item_id,
    members.topic_id,
    stays.episode,
    stays.first_seen_at,
    stays.last_seen_at,
    stays.best_rank,
    stays.entry_count,
    titles.clean_title AS title
FROM stays
INNER JOIN core.topic_members AS members ON members.item_id = stays.item_id AND members.until_at IS NULL
INNER JOIN core.clean_titles AS titles USING (title_id)
