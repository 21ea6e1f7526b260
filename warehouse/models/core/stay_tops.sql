-- When a stay first came to the top ten of its list, of those that did.
-- grain: board, item_id, began_at
-- code_version: 1
-- since: top_at
-- column board: the list, by the name of its first board
-- column item_id: the item
-- column began_at: when the stay began, UTC
-- column top_at: the first capture that held it in the top ten, UTC
WITH tops AS (
    SELECT servings.list_board AS board, entries.item_id, entries.captured_at
    FROM core.entries AS entries
    INNER JOIN core.servings AS servings USING (board, captured_at)
    WHERE entries.captured_at >= $since AND entries.rank <= $rule_top_rank
),

hours AS (
    SELECT past.list_board AS board, past.item_id, past.last_seen_at
    FROM core.list_hours AS past
    WHERE past.window_start < $since AND past.best_rank <= $rule_top_rank
),

-- It had come there before $since; its row was not deleted.
earlier AS (
    SELECT DISTINCT stays.board, stays.item_id, stays.began_at
    FROM hours
    ASOF INNER JOIN core.stays AS stays
        ON stays.board = hours.board AND stays.item_id = hours.item_id AND stays.began_at <= hours.last_seen_at
),

firsts AS (
    SELECT stays.board, stays.item_id, stays.began_at, min(tops.captured_at) AS top_at
    FROM tops
    ASOF INNER JOIN core.stays AS stays
        ON stays.board = tops.board AND stays.item_id = tops.item_id AND stays.began_at <= tops.captured_at
    GROUP BY ALL
)

SELECT firsts.board, firsts.item_id, firsts.began_at, firsts.top_at
FROM firsts
ANTI JOIN earlier USING (board, item_id, began_at)
ORDER BY firsts.top_at, firsts.board, firsts.item_id
