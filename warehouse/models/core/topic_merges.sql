-- Which topics turned out to be one story: when, into which, and how likely it was.
-- grain: topic_id, merged_at
-- code_version: 2
-- column topic_id: the topic that ended; pages and digests that named it stay true for their time
-- column into_topic_id: the topic that went on
-- column merged_at: the instant, UTC: the title seen then told both stories, or a person said so
-- column chance: how likely a title of the one and a title of the other told one story, 0 to 1
-- column hand: the number of the hand that joined them; null where the rule did
WITH moves AS (
    SELECT
        lag(topic_id) OVER (PARTITION BY item_id ORDER BY joined_at) AS topic_id,
        topic_id AS into_topic_id,
        joined_at AS merged_at,
        chance,
        is_merge,
        hand
    FROM core.topic_items
)

SELECT DISTINCT
    topic_id,
    into_topic_id,
    merged_at,
    chance,
    hand
FROM moves
WHERE is_merge
