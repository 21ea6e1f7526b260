-- A capture that served its list: of the boards that show the list, none kept its contract better just then.
-- grain: board, captured_at
-- code_version: 1
-- since: captured_at
-- column board: the board that was captured
-- column captured_at: when we received the page, UTC
-- column list_board: the board that the list is named by
WITH attempts AS (
    SELECT
        captures.board,
        captures.captured_at,
        captures.status = 'ok' AS is_list,
        coalesce(boards.list_board, captures.board) AS list_board,
        coalesce(boards.place, 0) AS place,
        greatest(2 * coalesce(boards.cadence_minutes, 0), 20) AS patience_minutes,
        lag(captures.captured_at) OVER (
            PARTITION BY captures.board ORDER BY captures.captured_at
        ) AS tried_before_at,
        CASE
            WHEN captures.status <> 'ok' THEN 4
            -- That there was no list was said of a crawl that died; one was captured since.
            WHEN verdicts.verdict = 'failed' AND NOT list_contains(verdicts.claims, 'no_list') THEN 3
            WHEN verdicts.verdict = 'stale' THEN 2
            WHEN verdicts.verdict = 'degraded' THEN 1
            ELSE 0
        END AS severity
    FROM raw.snapshots AS captures
    LEFT JOIN ops.boards AS boards USING (board)
    LEFT JOIN ops.verdicts AS verdicts USING (board, captured_at)
    WHERE captures.captured_at >= $since - INTERVAL 1 DAY
),

rivals AS (
    SELECT DISTINCT here.board, there.board AS rival
    FROM ops.boards AS here
    INNER JOIN ops.boards AS there ON there.list_board = here.list_board AND there.board <> here.board
),

contested AS (
    SELECT attempts.*, rivals.rival
    FROM attempts
    INNER JOIN rivals USING (board)
    WHERE attempts.is_list AND attempts.captured_at >= $since
),

-- What was given long ago says nothing. A stand-in speaks if it was asked when this board last was, or since:
-- it is asked where the others fail, and not else. A board before this one speaks for two of its cadences.
passed_over AS (
    SELECT contested.board, contested.captured_at
    FROM contested
    ASOF INNER JOIN attempts AS theirs
        ON theirs.board = contested.rival AND theirs.captured_at <= contested.captured_at
    WHERE
        if(
            theirs.place > contested.place,
            theirs.captured_at >= contested.tried_before_at - to_minutes($rule_stand_in_minutes),
            theirs.captured_at > contested.captured_at - to_minutes(theirs.patience_minutes)
        )
        AND (theirs.severity, theirs.place) < (contested.severity, contested.place)
)

SELECT attempts.board, attempts.captured_at, attempts.list_board
FROM attempts
ANTI JOIN passed_over USING (board, captured_at)
WHERE attempts.is_list AND attempts.captured_at >= $since
ORDER BY attempts.captured_at, attempts.board
