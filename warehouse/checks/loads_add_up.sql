-- Rows that came in were kept, rejected or known already; nothing else can happen to them.
-- table: raw.entries
SELECT load_id, origin, rows_in, rows_kept, rows_rejected, rows_known
FROM ops.loads
WHERE rows_in <> rows_kept + rows_rejected + rows_known
