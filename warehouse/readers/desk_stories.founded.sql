-- Where and when some items were first seen; their ids come as one text.
SELECT
    items.item_id,
    items.first_seen_at AS at_instant,
    coalesce(boards.list_board, items.first_board) AS board
FROM core.items AS items
SEMI JOIN (SELECT unnest(string_split(nullif($item_ids, ''), ' '))::BIGINT AS item_id) AS asked USING (item_id)
LEFT JOIN ops.boards AS boards ON boards.board = items.first_board
