-- How each capture from $since on kept its contract, with the reason where it yielded no list.
SELECT
    verdicts.board,
    verdicts.captured_at,
    verdicts.verdict,
    verdicts.claims,
    captures.reason
FROM ops.verdicts AS verdicts
INNER JOIN raw.snapshots AS captures USING (board, captured_at)
WHERE verdicts.captured_at >= $since
ORDER BY verdicts.captured_at, verdicts.board
