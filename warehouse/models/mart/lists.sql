-- Each list that was ever read, and which of the boards that show it serves it now.
-- grain: list_board
-- code_version: 1
-- column list_board: the board that the list is named by
-- column name_zh: its name in Chinese
-- column name_en: its name in English
-- column board: the board that serves it
-- column captured_at: the newest capture that served it, UTC
-- column since_at: first capture since which no other board served it, UTC
-- column is_stood_in: another board serves it than the one it is named by
-- column passed_over_claims: the claims that the list's own board breaks, for which it is passed over; empty where it serves
WITH turns AS (
    SELECT
        list_board,
        board,
        captured_at,
        lead(board) OVER (PARTITION BY list_board ORDER BY captured_at, board) AS next_board
    FROM core.servings
),

newest AS (
    SELECT
        turns.list_board,
        arg_max(turns.board, turns.captured_at) AS board,
        max(turns.captured_at) AS captured_at,
        -- The last capture after which another board came.
        max(turns.captured_at) FILTER (turns.next_board <> turns.board) AS changed_at,
        min(turns.captured_at) AS first_at
    FROM turns
    GROUP BY turns.list_board
),

verdicts AS (
    SELECT
        board,
        arg_max(claims, captured_at) AS claims
    FROM ops.verdicts
    GROUP BY board
)

SELECT
    newest.list_board,
    coalesce(boards.name_zh, newest.list_board) AS name_zh,
    coalesce(boards.name_en, newest.list_board) AS name_en,
    newest.board,
    newest.captured_at,
    coalesce(
        (
            SELECT min(later.captured_at) FROM core.servings AS later
            WHERE later.list_board = newest.list_board AND later.captured_at > newest.changed_at
        ),
        newest.first_at
    ) AS since_at,
    newest.board <> newest.list_board AS is_stood_in,
    if(newest.board <> newest.list_board, coalesce(verdicts.claims, []), []) AS passed_over_claims
FROM newest
LEFT JOIN ops.boards AS boards ON boards.board = newest.list_board
LEFT JOIN verdicts ON verdicts.board = newest.list_board
