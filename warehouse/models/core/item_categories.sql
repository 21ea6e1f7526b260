-- What the source called an item's category where it was first seen; items without one have no line.
-- grain: item_id
-- code_version: 1
-- since: first_seen_at
-- column item_id: the item
-- column first_seen_at: when it was first seen on any board, UTC
-- column category: the category as printed
SELECT
    items.item_id,
    items.first_seen_at,
    arg_min(printed.category, printed.position) AS category
FROM core.items AS items
INNER JOIN core.entries AS entries ON
    entries.item_id = items.item_id
    AND entries.board = items.first_board
    AND entries.captured_at = items.first_seen_at
INNER JOIN raw.entries AS printed ON
    printed.board = entries.board
    AND printed.captured_at = entries.captured_at
    AND printed.position = entries.position
WHERE
    items.first_seen_at >= $since
    AND entries.captured_at >= $since
    AND printed.captured_at >= $since
    AND printed.category IS NOT NULL
GROUP BY items.item_id, items.first_seen_at
ORDER BY items.first_seen_at, items.item_id
