-- Every fetch, failed ones too, with the reason.
-- grain: board, captured_at
-- code_version: 1
-- column board: the board
-- column captured_at: when we received the page, UTC
-- column captured_date: the day of that in Shanghai
-- column status: ok or failed
-- column reason: why it failed, a short code; empty when ok
-- column detail: why it failed, a sentence; empty when ok
-- column entry_count: entries kept
-- column reject_count: lines rejected
-- column minutes_since_previous: minutes since the list before; null for the first and for failed ones
-- column is_frozen: nothing moved since the list before; null for failed ones
SELECT
    captures.board,
    captures.captured_at,
    (captures.captured_at + to_hours($rule_shanghai_hours))::DATE AS captured_date,
    captures.status,
    captures.reason,
    captures.detail,
    captures.entry_count,
    captures.reject_count,
    lists.minutes_since_previous,
    lists.is_frozen
FROM raw.snapshots AS captures
LEFT JOIN core.snapshots AS lists USING (board, captured_at)
