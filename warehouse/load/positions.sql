-- Lines that were added to a capture stand where the whole capture would have had them.
CREATE OR REPLACE TEMP TABLE grown AS
SELECT DISTINCT board, instant AS captured_at
FROM judged
WHERE has_capture AND doubt IS NULL AND NOT is_known;

UPDATE raw.entries AS entries
SET position = ordered.position
FROM (
    SELECT
        lines.board,
        lines.captured_at,
        lines.load_id,
        lines.position AS position_before,
        row_number() OVER (
            PARTITION BY lines.board, lines.captured_at
            ORDER BY (lines.kind = 'pinned') DESC, lines.rank NULLS LAST, lines.load_id, lines.position
        )::INTEGER AS position
    FROM raw.entries AS lines
    SEMI JOIN grown USING (board, captured_at)
) AS ordered
WHERE
    entries.board = ordered.board
    AND entries.captured_at = ordered.captured_at
    AND entries.load_id = ordered.load_id
    AND entries.position = ordered.position_before;

UPDATE raw.snapshots AS captures
SET entry_count = counted.entry_count
FROM (
    SELECT lines.board, lines.captured_at, count(*)::INTEGER AS entry_count
    FROM raw.entries AS lines
    SEMI JOIN grown USING (board, captured_at)
    GROUP BY lines.board, lines.captured_at
) AS counted
WHERE captures.board = counted.board AND captures.captured_at = counted.captured_at;

DROP TABLE grown;
