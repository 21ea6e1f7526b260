-- The captures that served lists from $since to $at.
SELECT list_board AS board, board AS served_by, captured_at AS at_instant
FROM core.servings
WHERE captured_at BETWEEN $since AND $at
ORDER BY captured_at, board
