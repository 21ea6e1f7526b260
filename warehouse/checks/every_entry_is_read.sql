-- Every line in raw is in core, once.
-- table: core.entries
SELECT coalesce(printed.board, read.board) AS board, printed.line_count, read.line_count AS read_count
FROM (SELECT board, count(*) AS line_count FROM raw.entries GROUP BY board) AS printed
FULL JOIN (SELECT board, count(*) AS line_count FROM core.entries GROUP BY board) AS read USING (board)
WHERE printed.line_count IS DISTINCT FROM read.line_count
