-- Ranked entries have a rank; pinned and paid ones have none.
-- table: raw.entries
SELECT board, captured_at, position, kind, rank
FROM raw.entries
WHERE (kind = 'ranked') <> (rank IS NOT NULL)
