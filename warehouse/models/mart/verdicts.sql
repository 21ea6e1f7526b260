-- Whether each capture kept the contract of its board, and what is wrong where it did not.
-- grain: board, captured_at
-- code_version: 1
-- column board: the board
-- column name_zh: its name in Chinese
-- column captured_at: when we received the page, UTC
-- column captured_date: the day of that in Shanghai
-- column verdict: ok, degraded, stale or failed
-- column claims: the claims that it breaks, gravest first; empty when ok
-- column breaches: each of these claims with its own verdict and the figures that it is told with
-- column other_board: the board of another source that has most of its titles; null without any
-- column rule_version: the version of the rule that judged
SELECT
    verdicts.board,
    coalesce(boards.name_zh, verdicts.board) AS name_zh,
    verdicts.captured_at,
    (verdicts.captured_at + to_hours($rule_shanghai_hours))::DATE AS captured_date,
    verdicts.verdict,
    verdicts.claims,
    verdicts.breaches,
    verdicts.other_board,
    verdicts.rule_version
FROM ops.verdicts AS verdicts
LEFT JOIN ops.boards AS boards USING (board)
