-- Each board that was ever captured: how much it gave and how it stands.
-- grain: board
-- code_version: 1
-- column board: the board
-- column name_zh: its name in Chinese
-- column name_en: its name in English
-- column capture_count: fetches
-- column failed_count: fetches that yielded no list
-- column entry_count: entries kept
-- column first_captured_at: first fetch, UTC
-- column last_captured_at: last fetch, UTC
-- column last_ok_at: last fetch that yielded a list, UTC
-- column last_reason: why the last fetch failed; empty when it did not
-- column frozen_share: share of lists in which nothing had moved since the one before
-- column median_gap_minutes: usual minutes between two lists
SELECT
    captures.board,
    coalesce(any_value(boards.name_zh), captures.board) AS name_zh,
    coalesce(any_value(boards.name_en), captures.board) AS name_en,
    count(*) AS capture_count,
    count(*) FILTER (captures.status = 'failed') AS failed_count,
    sum(captures.entry_count)::BIGINT AS entry_count,
    min(captures.captured_at) AS first_captured_at,
    max(captures.captured_at) AS last_captured_at,
    max(captures.captured_at) FILTER (captures.status = 'ok') AS last_ok_at,
    arg_max(captures.reason, captures.captured_at) AS last_reason,
    avg(lists.is_frozen::INTEGER) AS frozen_share,
    median(lists.minutes_since_previous) AS median_gap_minutes
FROM raw.snapshots AS captures
LEFT JOIN core.snapshots AS lists USING (board, captured_at)
LEFT JOIN ops.boards AS boards ON boards.board = captures.board
GROUP BY captures.board
