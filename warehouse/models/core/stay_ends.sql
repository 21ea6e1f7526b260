-- How far each stay came and when it ended; null while it may go on, and where the list was not seen for three
-- hours after its last sight.
-- grain: board, item_id, began_at
-- code_version: 1
-- column board: the list, by the name of its first board
-- column item_id: the item
-- column began_at: when the stay began, UTC
-- column last_seen_at: its last sight so far, UTC
-- column best_rank: its best rank so far
-- column is_over: the list has been without it for twelve hours
-- column ended_at: its last sight, UTC, where it is over and that was its end
WITH hours AS (
    SELECT past.list_board AS board, past.item_id, past.last_seen_at, past.best_rank
    FROM core.list_hours AS past
    WHERE past.best_rank IS NOT NULL
),

found AS (
    SELECT
        stays.board,
        stays.item_id,
        stays.began_at,
        max(hours.last_seen_at) AS last_seen_at,
        min(hours.best_rank) AS best_rank
    FROM hours
    ASOF INNER JOIN core.stays AS stays
        ON stays.board = hours.board AND stays.item_id = hours.item_id AND stays.began_at <= hours.last_seen_at
    GROUP BY ALL
),

captures AS (
    SELECT
        list_board AS board,
        captured_at,
        coalesce(lead(captured_at) OVER lists, captured_at) AS next_at,
        max(captured_at) OVER (PARTITION BY list_board) AS newest_at
    FROM core.servings
    WINDOW lists AS (PARTITION BY list_board ORDER BY captured_at)
)

SELECT
    found.board,
    found.item_id,
    found.began_at,
    found.last_seen_at,
    found.best_rank,
    captures.newest_at > found.last_seen_at + to_hours($rule_stay_gap_hours) AS is_over,
    if(
        captures.newest_at > found.last_seen_at + to_hours($rule_stay_gap_hours)
        AND captures.next_at <= found.last_seen_at + to_hours($rule_present_hours),
        found.last_seen_at,
        NULL
    ) AS ended_at
FROM found
ASOF INNER JOIN captures ON captures.board = found.board AND captures.captured_at <= found.last_seen_at
