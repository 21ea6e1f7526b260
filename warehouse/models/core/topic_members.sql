-- Which topic each item belongs to, in which period. The present is where until_at is null; an instant is
-- where from_at <= instant and the period has not ended by then.
-- grain: item_id, from_at
-- code_version: 1
-- column item_id: the item
-- column topic_id: the topic, named by the item that founded it
-- column from_at: beginning of the period, UTC
-- column until_at: when its topic was merged into another or a person moved it, UTC; null for the topic it belongs to now
-- column chance: how likely they tell one story, 0 to 1; 1 for the founder, and for the same title
SELECT
    item_id,
    topic_id,
    joined_at AS from_at,
    lead(joined_at) OVER (PARTITION BY item_id ORDER BY joined_at) AS until_at,
    chance
FROM core.topic_items
