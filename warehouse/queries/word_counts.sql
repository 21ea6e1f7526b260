-- In how many items' first titles each keyword stood, of the items first seen 36 hours before $since or earlier.
SELECT
    tokens.token AS term,
    count(DISTINCT items.item_id) AS item_count
FROM core.items AS items
INNER JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
WHERE items.first_seen_at < $since - to_hours($rule_topic_live_hours) AND tokens.is_keyword
GROUP BY tokens.token
ORDER BY tokens.token
