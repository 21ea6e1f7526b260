-- In a snapshot every rank stands once, and none is below 1.
-- table: core.entries
SELECT board, captured_at, rank, count(*) AS line_count
FROM core.entries
WHERE rank IS NOT NULL
GROUP BY ALL
HAVING line_count > 1 OR rank < 1
