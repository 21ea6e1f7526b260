-- How some items came to the topic where they are at $at.
WITH asked AS (SELECT unnest($item_ids::BIGINT[]) AS item_id)

SELECT
    items.item_id,
    items.chance,
    items.hand IS NOT NULL AS by_hand,
    items.item_id = items.topic_id AS is_founder
FROM core.topic_items AS items
SEMI JOIN asked USING (item_id)
WHERE items.joined_at <= $at
QUALIFY row_number() OVER (PARTITION BY items.item_id ORDER BY items.joined_at DESC) = 1
ORDER BY items.item_id
