-- How each board that was tried in the 30 days before $at stood at $at: the age of its list, its contract, and
-- which board served the list that it shows.
WITH tried AS (
    SELECT
        board,
        max(captured_at) AS tried_at,
        max(captured_at) FILTER (status = 'ok') AS last_ok_at,
        arg_max(status, captured_at) AS last_status,
        arg_max(reason, captured_at) AS last_reason,
        arg_max(detail, captured_at) AS last_detail
    FROM raw.snapshots
    WHERE captured_at <= $at AND captured_at > $at - INTERVAL 30 DAY
    GROUP BY board
),

usual AS (
    SELECT board, median(minutes_since_previous) AS usual_gap_minutes
    FROM core.snapshots
    WHERE captured_at <= $at AND captured_at > $at - INTERVAL 7 DAY
    GROUP BY board
),

kept AS (
    SELECT
        board,
        arg_max(
            {
                'verdict': verdict,
                'breaches': breaches,
                'other_board': other_board,
                'ranked_count': ranked_count,
                'said_zh': said_zh,
                'said_en': said_en
            },
            captured_at
        ) AS newest
    FROM ops.verdicts
    -- What was judged of a load that was taken out again stays in the ledger, and says nothing of the board.
    SEMI JOIN raw.snapshots USING (board, captured_at)
    WHERE captured_at <= $at AND captured_at > $at - INTERVAL 30 DAY
    GROUP BY board
),

served AS (
    SELECT
        list_board,
        arg_max(board, captured_at) AS served_by
    FROM core.servings
    WHERE captured_at <= $at AND captured_at > $at - INTERVAL 30 DAY
    GROUP BY list_board
),

judged AS (
    SELECT
        tried.*,
        coalesce(boards.list_board, tried.board) AS list_board,
        coalesce(boards.place, 0) AS place,
        coalesce(kept.newest.verdict, 'ok') AS contract_verdict,
        kept.newest.breaches AS breaches,
        kept.newest.other_board AS other_board,
        coalesce(kept.newest.ranked_count, 0) AS ranked_count,
        kept.newest.said_zh AS said_zh,
        kept.newest.said_en AS said_en,
        coalesce(boards.name_zh, tried.board) AS name_zh,
        coalesce(boards.name_en, tried.board) AS name_en,
        epoch($at::TIMESTAMP - last_ok_at) / 60 AS age_minutes,
        -- Three missed captures in a row are no accident; an hour's list is never called stale.
        greatest(3 * coalesce(usual.usual_gap_minutes, 0), 3 * coalesce(boards.cadence_minutes, 0), 60)
            AS patience_minutes
    FROM tried
    LEFT JOIN ops.boards AS boards USING (board)
    LEFT JOIN usual USING (board)
    LEFT JOIN kept USING (board)
)

SELECT
    judged.board,
    judged.list_board,
    judged.place,
    served.served_by,
    coalesce(lists.name_zh, judged.list_board) AS list_zh,
    coalesce(lists.name_en, judged.list_board) AS list_en,
    judged.name_zh,
    judged.name_en,
    judged.tried_at,
    judged.last_ok_at,
    CASE
        WHEN last_ok_at IS NULL THEN 'missing'
        WHEN age_minutes > patience_minutes THEN 'stale'
        WHEN last_status = 'failed' THEN 'failed'
        ELSE contract_verdict
    END AS verdict,
    contract_verdict,
    breaches,
    ranked_count,
    said_zh,
    said_en,
    coalesce(others.name_zh, other_board, '') AS other_zh,
    coalesce(others.name_en, other_board, '') AS other_en,
    age_minutes,
    coalesce(age_minutes > patience_minutes, TRUE) AS is_overdue,
    if(last_status = 'failed', last_reason, '') AS reason,
    if(last_status = 'failed', last_detail, '') AS detail
FROM judged
LEFT JOIN served USING (list_board)
LEFT JOIN ops.boards AS lists ON lists.board = judged.list_board
LEFT JOIN ops.boards AS others ON others.board = judged.other_board
ORDER BY judged.board
