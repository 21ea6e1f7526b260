-- Which topics a person told apart: when, from which, and by which word.
-- grain: topic_id, split_at
-- code_version: 1
-- column topic_id: the topic of its own from then on, named by the eldest of its items
-- column from_topic_id: the topic that they left, which goes on
-- column split_at: the instant, UTC
-- column hand: the number of the hand: a split, or the undoing of a join
-- column item_count: items that moved
WITH moves AS (
    SELECT
        topic_id,
        lag(topic_id) OVER (PARTITION BY item_id ORDER BY joined_at) AS from_topic_id,
        joined_at AS split_at,
        hand,
        is_merge
    FROM core.topic_items
)

SELECT
    topic_id,
    from_topic_id,
    split_at,
    hand,
    count(*) AS item_count
FROM moves
WHERE hand IS NOT NULL AND NOT is_merge
GROUP BY ALL
