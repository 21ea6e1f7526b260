-- A capture of which no line is left is no list.
DELETE FROM raw.snapshots AS captures
USING refused_rows AS refused
WHERE
    captures.board = refused.board
    AND captures.captured_at = refused.captured_at
    AND NOT EXISTS (
        SELECT 1
        FROM raw.entries AS entries
        WHERE entries.board = captures.board AND entries.captured_at = captures.captured_at
    );

UPDATE raw.snapshots AS captures
SET entry_count = left_over.entry_count, reject_count = captures.reject_count + left_over.refused_count
FROM (
    SELECT
        refused.board,
        refused.captured_at,
        count(*) AS refused_count,
        (
            SELECT count(*)
            FROM raw.entries AS entries
            WHERE entries.board = refused.board AND entries.captured_at = refused.captured_at
        )::INTEGER AS entry_count
    FROM refused_rows AS refused
    WHERE refused.position IS NOT NULL
    GROUP BY refused.board, refused.captured_at
) AS left_over
WHERE captures.board = left_over.board AND captures.captured_at = left_over.captured_at;
