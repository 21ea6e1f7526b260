-- Each capture from $since on, measured, beside what its board usually was on the 28 days before its day.
WITH days AS (
    SELECT
        board,
        captured_at::DATE AS day,
        count(*) AS snapshot_count,
        median(gap_minutes) AS gap_minutes,
        quantile_cont(ranked_count, 0.05) AS count_low,
        quantile_cont(ranked_count, 0.95) AS count_high,
        -- Two ways of reading one board may take turns: what the poorer one gives is usual too.
        quantile_cont(heat_share, 0.1) AS heat_share,
        quantile_cont(heat_log10, 0.05) AS heat_low,
        quantile_cont(heat_log10, 0.95) AS heat_high,
        max(frozen_minutes) AS frozen_minutes,
        quantile_cont(new_share, 0.95) AS new_share,
        quantile_cont(other_share, 0.95) AS other_share,
        quantile_cont(missing_rank_count, 0.95) AS missing_ranks
    FROM core.snapshot_shapes
    WHERE captured_at >= $since::DATE - INTERVAL 28 DAY
    GROUP BY ALL
),

judged_days AS (
    SELECT DISTINCT board, captured_at::DATE AS day FROM raw.snapshots WHERE captured_at >= $since
),

-- The middle of the days: a bad day teaches nothing, a change that lasts half of them is the usual.
usual AS (
    SELECT
        judged_days.board,
        judged_days.day,
        sum(days.snapshot_count)::BIGINT AS snapshot_count,
        median(days.gap_minutes) AS gap_minutes,
        median(days.count_low) AS count_low,
        median(days.count_high) AS count_high,
        median(days.heat_share) AS heat_share,
        median(days.heat_low) AS heat_low,
        median(days.heat_high) AS heat_high,
        -- Weekends rest longer: the longest rest is that of the quieter days.
        quantile_cont(days.frozen_minutes, 0.9) AS frozen_minutes,
        median(days.new_share) AS new_share,
        median(days.other_share) AS other_share,
        median(days.missing_ranks) AS missing_ranks
    FROM judged_days
    INNER JOIN days ON
        days.board = judged_days.board
        AND days.day < judged_days.day
        AND days.day >= judged_days.day - INTERVAL 28 DAY
    GROUP BY judged_days.board, judged_days.day
)

SELECT
    captures.board,
    captures.captured_at,
    captures.status = 'ok' AS is_list,
    captures.reason,
    captures.detail,
    coalesce(shapes.ranked_count, 0) AS ranked_count,
    coalesce(shapes.line_count, 0) AS line_count,
    captures.reject_count,
    coalesce(shapes.missing_rank_count, 0) AS missing_ranks,
    shapes.heat_share,
    shapes.heat_log10,
    shapes.gap_minutes,
    coalesce(shapes.frozen_minutes, 0) AS frozen_minutes,
    shapes.new_share,
    shapes.changed_share,
    coalesce(shapes.other_share, 0) AS other_share,
    shapes.other_board,
    coalesce(usual.snapshot_count, 0) AS usual_snapshot_count,
    usual.gap_minutes AS usual_gap_minutes,
    usual.count_low AS usual_count_low,
    usual.count_high AS usual_count_high,
    usual.heat_share AS usual_heat_share,
    usual.heat_low AS usual_heat_low,
    usual.heat_high AS usual_heat_high,
    usual.frozen_minutes AS usual_frozen_minutes,
    usual.new_share AS usual_new_share,
    usual.other_share AS usual_other_share,
    usual.missing_ranks AS usual_missing_ranks
FROM raw.snapshots AS captures
LEFT JOIN core.snapshot_shapes AS shapes USING (board, captured_at)
LEFT JOIN usual ON usual.board = captures.board AND usual.day = captures.captured_at::DATE
WHERE captures.captured_at >= $since
ORDER BY captures.captured_at, captures.board
