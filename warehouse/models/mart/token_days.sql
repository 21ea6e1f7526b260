-- How many items each keyword newly stood in on each day.
-- grain: token, first_seen_date
-- code_version: 1
-- column token: the word, folded
-- column first_seen_date: the day in Shanghai
-- column item_count: items first seen that day whose first title has the word
-- column source_count: sources that had them
SELECT
    tokens.token,
    (items.first_seen_at + to_hours($rule_shanghai_hours))::DATE AS first_seen_date,
    count(DISTINCT items.item_id) AS item_count,
    count(DISTINCT items.source) AS source_count
FROM core.items AS items
INNER JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
WHERE tokens.is_keyword
GROUP BY ALL
