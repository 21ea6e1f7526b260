-- The ranked lines of each present list in ($since, $at], by list: what forecasts are made from.
WITH servings AS (FROM $query_serving_turns),

-- A list older than three hours is no present list.
present AS (SELECT DISTINCT list_board FROM servings WHERE captured_at > $at - to_hours($rule_present_hours))

SELECT
    servings.list_board AS board,
    epoch_us(entries.captured_at) AS captured_at,
    entries.item_id,
    min(entries.rank)::DOUBLE AS rank,
    coalesce(arg_min(entries.heat_value, entries.rank), 'nan') AS heat
FROM core.entries AS entries
INNER JOIN servings USING (board, captured_at)
SEMI JOIN present ON present.list_board = servings.list_board
WHERE entries.captured_at <= $at AND entries.captured_at > $since AND entries.rank IS NOT NULL
GROUP BY ALL
ORDER BY servings.list_board
