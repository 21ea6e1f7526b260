-- How long the items that came to each board in the week before $at stayed there at first, in minutes, with
-- the minutes from the look before to the one that first saw them.
WITH spans AS (
    SELECT
        board,
        item_id,
        first_seen_at,
        last_seen_at,
        lag(last_seen_at) OVER (PARTITION BY board, item_id ORDER BY first_seen_at) AS left_at
    FROM core.item_hours
    WHERE window_start >= $at - INTERVAL 8 DAY AND last_seen_at <= $at
),

returns AS (
    SELECT
        *,
        sum((coalesce(first_seen_at - left_at, INTERVAL 0 HOUR) > to_hours($rule_stay_gap_hours))::INTEGER)
            OVER (PARTITION BY board, item_id ORDER BY first_seen_at) AS return_count
    FROM spans
),

first_stays AS (
    SELECT
        board,
        item_id,
        min(first_seen_at) AS first_seen_at,
        max(last_seen_at) AS last_seen_at,
        epoch(max(last_seen_at) - min(first_seen_at)) / 60 AS minutes
    FROM returns
    WHERE return_count = 0
    GROUP BY board, item_id
),

gaps AS (
    SELECT
        board,
        min(captured_at) AS first_captured_at,
        max(captured_at) AS last_captured_at
    FROM core.snapshots
    WHERE captured_at > $at - INTERVAL 7 DAY AND captured_at <= $at
    GROUP BY board
    HAVING count(minutes_since_previous) > 0
)

SELECT
    gaps.board,
    greatest(1, round(snapshots.minutes_since_previous))::DOUBLE AS gap_minutes,
    epoch(gaps.last_captured_at - gaps.first_captured_at) / 86400 AS days,
    first_stays.minutes,
    count(*) AS item_count,
    count_if(first_stays.last_seen_at >= gaps.last_captured_at)::BIGINT AS standing_count
FROM gaps
INNER JOIN first_stays USING (board)
INNER JOIN core.snapshots AS snapshots
    ON first_stays.board = snapshots.board AND first_stays.first_seen_at = snapshots.captured_at
-- What stood there when the week began came before it; what stands there now may stay on, and is counted beside.
WHERE first_stays.first_seen_at > gaps.first_captured_at
GROUP BY ALL
ORDER BY gaps.board, gap_minutes, first_stays.minutes
