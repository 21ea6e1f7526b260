-- In how many items' first titles each keyword stood, of the items first seen before $since.
SELECT
    tokens.token,
    count(DISTINCT items.item_id) AS item_count
FROM core.items AS items
INNER JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
WHERE items.first_seen_at < $since AND tokens.is_keyword
GROUP BY tokens.token
