-- How each board moved in each hour: what a climb is worth there at that time of day.
-- grain: board, window_start
-- code_version: 1
-- since: window_start
-- column board: the board
-- column window_start: start of the hour, UTC
-- column snapshot_count: captures that yielded a list
-- column list_length: ranked entries of its longest list in the hour
-- column item_count: items that stood on it
-- column climb_count: items that ended the hour higher than they ended the hour before
-- column climb_places: places that those gained, all together; an item new to the list comes from below it
WITH hours AS (
    SELECT
        board,
        date_trunc('hour', captured_at) AS window_start,
        count(*)::INTEGER AS snapshot_count,
        max(ranked_count) AS list_length
    FROM core.snapshots
    WHERE captured_at >= $since - INTERVAL 1 HOUR
    GROUP BY ALL
),

moves AS (
    SELECT
        here.board,
        here.window_start,
        -- Without a list in the hour before there is nothing to compare with.
        if(
            before.board IS NULL, NULL,
            coalesce(past.last_rank, before.list_length + 1) - here.last_rank
        ) AS places
    FROM core.item_hours AS here
    LEFT JOIN hours AS before ON
        before.board = here.board AND before.window_start = here.window_start - INTERVAL 1 HOUR
    LEFT JOIN core.item_hours AS past ON
        past.board = here.board AND past.item_id = here.item_id
        AND past.window_start = here.window_start - INTERVAL 1 HOUR
    WHERE here.window_start >= $since AND here.last_rank IS NOT NULL
)

SELECT
    hours.board,
    hours.window_start,
    any_value(hours.snapshot_count) AS snapshot_count,
    any_value(hours.list_length) AS list_length,
    count(moves.board)::INTEGER AS item_count,
    (count(*) FILTER (moves.places > 0))::INTEGER AS climb_count,
    least(coalesce(sum(moves.places) FILTER (moves.places > 0), 0), 2147483647)::INTEGER AS climb_places
FROM hours
LEFT JOIN moves USING (board, window_start)
WHERE hours.window_start >= $since
GROUP BY hours.board, hours.window_start
ORDER BY hours.window_start, hours.board
