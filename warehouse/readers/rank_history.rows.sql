-- The ranked lines of each list in [$since, $until], by whichever board served it, with when they were captured
-- in microseconds UTC.
SELECT
    servings.list_board AS board,
    epoch_us(entries.captured_at) AS captured_at,
    entries.item_id,
    entries.rank::DOUBLE AS rank,
    entries.heat_value AS heat
FROM core.entries AS entries
INNER JOIN core.servings AS servings
    ON servings.board = entries.board AND servings.captured_at = entries.captured_at
WHERE entries.rank IS NOT NULL AND entries.captured_at >= $since AND entries.captured_at <= $until
