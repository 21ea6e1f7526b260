-- Some items in the order in which they were first seen; their ids come as one text.
SELECT items.item_id
FROM core.items AS items
SEMI JOIN (SELECT unnest(string_split(nullif($item_ids, ''), ' '))::BIGINT AS item_id) AS asked USING (item_id)
ORDER BY items.first_seen_at, items.first_board, items.item_id
