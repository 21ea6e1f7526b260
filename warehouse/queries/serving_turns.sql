-- The captures that served each list in ($since, $at], without those that another board of the list went round within minutes.
SELECT *
FROM core.servings
WHERE captured_at <= $at AND captured_at > $since
WINDOW turns AS (PARTITION BY list_board ORDER BY captured_at, board)
QUALIFY coalesce(
    lead(board) OVER turns = board OR lead(captured_at) OVER turns > captured_at + to_minutes($rule_stand_in_minutes),
    TRUE
)
