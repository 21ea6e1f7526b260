-- Every item is in exactly one topic, and joined its first when it was first seen.
-- table: core.topic_items
WITH firsts AS (
    SELECT
        item_id,
        min(joined_at) AS joined_at,
        count(*) FILTER (NOT is_merge AND hand IS NULL) AS times_seen_first
    FROM core.topic_items
    GROUP BY item_id
)

SELECT items.item_id, items.first_seen_at, firsts.joined_at, firsts.times_seen_first
FROM core.items AS items
FULL JOIN firsts USING (item_id)
WHERE items.first_seen_at IS DISTINCT FROM firsts.joined_at OR firsts.times_seen_first IS DISTINCT FROM 1
