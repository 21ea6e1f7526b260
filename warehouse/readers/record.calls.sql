-- What was called in [$since, $until), or came to the top ten uncalled, by what was known at $at.
SELECT
    calls.board,
    coalesce(boards.name_zh, calls.board) AS name_zh,
    coalesce(boards.name_en, calls.board) AS name_en,
    calls.title,
    calls.called_at,
    calls.chance,
    calls.rank,
    if(calls.top_at <= $at, calls.top_at, NULL) AS top_at,
    if(calls.top_at <= $at, calls.lead_minutes, NULL) AS lead_minutes,
    CASE
        WHEN coalesce(calls.top_at <= $at, FALSE) THEN calls.verdict
        WHEN calls.called_at > $at::TIMESTAMP - to_hours($rule_call_horizon_hours) THEN 'open'
        WHEN calls.verdict = 'late' THEN 'wrong'
        ELSE calls.verdict
    END AS verdict
FROM mart.calls AS calls
LEFT JOIN ops.boards AS boards USING (board)
WHERE NOT calls.is_replayed AND calls.event_at >= $since AND calls.event_at < $until AND calls.event_at <= $at
ORDER BY calls.event_at, calls.board, calls.item_id
