-- What one list looked like: the measures that the contract of its board is about.
-- grain: board, captured_at
-- code_version: 2
-- since: captured_at
-- column board: the board
-- column captured_at: when we received the page, UTC
-- column ranked_count: ranked entries
-- column line_count: all lines, pinned and paid ones too
-- column missing_rank_count: ranks below the last that no line has, less those that pinned and paid lines may hold
-- column heat_share: share of ranked entries with a heat
-- column heat_log10: logarithm of the middle one of their heats above 0; null without any
-- column gap_minutes: minutes since the list before; null for the first
-- column frozen_minutes: minutes since it last changed
-- column new_share: share of items that did not stand on this board in the 24 hours before; null without a list then
-- column changed_share: share of items that did not stand in the list before; null without one in the 24 hours before
-- column other_share: share of titles that also stood on one board of another source, this hour or the hour before
-- column other_board: that board, the one with the most of them; null without any
WITH lists AS (
    SELECT
        board,
        captured_at,
        count(rank)::INTEGER AS ranked_count,
        count(*)::INTEGER AS line_count,
        count(DISTINCT item_id) AS item_count,
        greatest(coalesce(max(rank), 0) - count(*), 0)::INTEGER AS missing_rank_count,
        count(heat_value) FILTER (rank IS NOT NULL) / nullif(count(rank), 0) AS heat_share,
        -- A FILTER or WHERE may be asked after the logarithm was taken, and heats of 0 and less are printed: only CASE
        -- keeps them from it.
        median(log10(CASE WHEN rank IS NOT NULL AND heat_value > 0 THEN heat_value END)) AS heat_log10
    FROM core.entries
    WHERE captured_at >= $since
    GROUP BY board, captured_at
),

-- When each list last changed, for those that have stood since before $since.
rested AS (
    SELECT board, max(captured_at) AS changed_at
    FROM core.snapshots
    WHERE captured_at < $since AND NOT is_frozen
    GROUP BY board
),

moved AS (
    SELECT
        lists.board,
        lists.captured_at,
        lists.minutes_since_previous,
        coalesce(
            max(if(lists.is_frozen, NULL, lists.captured_at)) OVER (
                PARTITION BY lists.board ORDER BY lists.captured_at
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ),
            rested.changed_at
        ) AS changed_at
    FROM core.snapshots AS lists
    LEFT JOIN rested ON rested.board = lists.board
    WHERE lists.captured_at >= $since
),

stays AS (
    SELECT
        board,
        window_start,
        first_seen_at,
        lag(last_seen_at) OVER (PARTITION BY board, item_id ORDER BY window_start) AS before_at
    FROM core.item_hours
    WHERE window_start >= $since - INTERVAL 25 HOUR
),

arrivals AS (
    SELECT board, first_seen_at AS captured_at, count(*) AS new_count
    FROM stays
    WHERE
        window_start >= $since
        AND (before_at IS NULL OR before_at < first_seen_at - INTERVAL 24 HOUR)
    GROUP BY board, first_seen_at
),

-- Each list with the one before it, from a day before $since on: a list rests no longer than that to be compared.
followed AS (
    SELECT
        board,
        captured_at,
        lead(captured_at) OVER (PARTITION BY board ORDER BY captured_at) AS next_at
    FROM core.snapshots
    WHERE captured_at >= $since - INTERVAL 24 HOUR
),

carried AS (
    SELECT here.board, here.captured_at, count(DISTINCT here.item_id) AS item_count
    FROM followed
    INNER JOIN core.entries AS here ON here.board = followed.board AND here.captured_at = followed.next_at
    INNER JOIN core.entries AS before ON
        before.board = followed.board
        AND before.captured_at = followed.captured_at
        AND before.item_id = here.item_id
    WHERE
        followed.next_at >= $since
        AND here.captured_at >= $since
        AND before.captured_at >= $since - INTERVAL 24 HOUR
    GROUP BY here.board, here.captured_at
),

shown AS (
    SELECT
        split_part(board, '_', 1) AS source,
        board,
        title_id,
        date_trunc('hour', captured_at) AS window_start,
        min(captured_at) AS first_at
    FROM core.entries
    WHERE captured_at >= $since - INTERVAL 1 HOUR
    GROUP BY ALL
),

shared AS (
    SELECT *
    FROM shown
    WHERE title_id IN (
        SELECT told.title_id
        FROM shown AS told
        GROUP BY told.title_id
        HAVING count(DISTINCT told.source) > 1
    )
),

visible AS (
    SELECT *, window_start AS visible_start FROM shared
    UNION ALL
    SELECT *, window_start + INTERVAL 1 HOUR AS visible_start FROM shared
),

common AS (
    SELECT
        here.board,
        here.captured_at,
        there.board AS other_board,
        count(DISTINCT here.title_id) AS title_count
    FROM core.entries AS here
    INNER JOIN visible AS there ON
        there.title_id = here.title_id
        AND there.visible_start = date_trunc('hour', here.captured_at)
        AND there.source <> split_part(here.board, '_', 1)
        AND there.first_at <= here.captured_at
    WHERE here.captured_at >= $since
    GROUP BY here.board, here.captured_at, there.board
),

nearest AS (
    SELECT
        board,
        captured_at,
        max(title_count) AS title_count,
        arg_max(other_board, (title_count, other_board)) AS other_board
    FROM common
    GROUP BY board, captured_at
)

SELECT
    lists.board,
    lists.captured_at,
    lists.ranked_count,
    lists.line_count,
    lists.missing_rank_count,
    lists.heat_share,
    lists.heat_log10,
    moved.minutes_since_previous AS gap_minutes,
    round(epoch(lists.captured_at - moved.changed_at) / 60, 2) AS frozen_minutes,
    if(
        moved.minutes_since_previous <= 24 * 60,
        coalesce(arrivals.new_count, 0) / lists.line_count,
        NULL
    ) AS new_share,
    if(
        moved.minutes_since_previous <= 24 * 60,
        1 - coalesce(carried.item_count, 0) / lists.item_count,
        NULL
    ) AS changed_share,
    coalesce(nearest.title_count, 0) / lists.line_count AS other_share,
    nearest.other_board
FROM lists
INNER JOIN moved USING (board, captured_at)
LEFT JOIN arrivals USING (board, captured_at)
LEFT JOIN carried USING (board, captured_at)
LEFT JOIN nearest USING (board, captured_at)
ORDER BY lists.captured_at, lists.board
