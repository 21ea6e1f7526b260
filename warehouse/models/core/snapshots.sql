-- One capture that yielded a list, with how long ago the one before was and whether anything moved.
-- grain: board, captured_at
-- code_version: 1
-- since: captured_at
-- column board: the board
-- column captured_at: when we received the page, UTC
-- column ranked_count: ranked entries
-- column minutes_since_previous: minutes since the capture before; null for the first
-- column is_frozen: every item stands where it stood in the capture before
-- column fingerprint: hash of which item has which rank
WITH lists AS (
    SELECT
        board,
        captured_at,
        count(rank) AS ranked_count,
        bit_xor(md5_number_lower(concat_ws(':', item_id, rank))) AS fingerprint
    FROM core.entries
    WHERE captured_at >= coalesce(
        -- One capture back for each board, to compare the first new one with.
        (
            SELECT min(last_at)
            FROM (SELECT max(captured_at) AS last_at FROM raw.snapshots
                WHERE captured_at < $since AND status = 'ok' AND captured_at >= $since - INTERVAL 7 DAY
                GROUP BY board)
        ),
        $since
    )
    GROUP BY board, captured_at
),

compared AS (
    SELECT
        *,
        lag(captured_at) OVER before AS previous_at,
        lag(fingerprint) OVER before AS previous_fingerprint
    FROM lists
    WINDOW before AS (PARTITION BY board ORDER BY captured_at)
)

SELECT
    board,
    captured_at,
    ranked_count::INTEGER AS ranked_count,
    round(epoch(captured_at - previous_at) / 60, 2) AS minutes_since_previous,
    coalesce(fingerprint = previous_fingerprint, FALSE) AS is_frozen,
    fingerprint
FROM compared
WHERE captured_at >= $since
ORDER BY captured_at, board
