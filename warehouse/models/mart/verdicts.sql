-- Whether each capture kept the contract of its board, and what is wrong where it did not.
-- grain: board, captured_at
-- column board: the board
-- column name_zh: its name in Chinese
-- column captured_at: when we received the page, UTC
-- column captured_date: the day of that in Shanghai
-- column verdict: ok, degraded, stale or failed
-- column claims: the claims that it breaks, gravest first; empty when ok
-- column sentence_zh: what is wrong, in Chinese
-- column sentence_en: what is wrong, in English
SELECT
    verdicts.board,
    coalesce(boards.name_zh, verdicts.board) AS name_zh,
    verdicts.captured_at,
    (verdicts.captured_at + INTERVAL 8 HOUR)::DATE AS captured_date,
    verdicts.verdict,
    verdicts.claims,
    verdicts.sentence_zh,
    verdicts.sentence_en
FROM ops.verdicts AS verdicts
LEFT JOIN ops.boards AS boards USING (board)
