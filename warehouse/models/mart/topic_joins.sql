-- When each item joined each topic and how likely they told one story: first, when its topic was merged, when it was moved.
-- grain: item_id, joined_at
-- code_version: 2
-- column item_id: the item
-- column topic_id: the topic that it joined
-- column from_topic_id: the topic that was merged into this one then, or that it was taken out of; null where the item was new
-- column joined_at: from when on it belongs there, UTC; nothing seen later decided it
-- column chance: how likely they told one story, as was known then, 0 to 1; 1 for a founder, and for the same title
-- column is_founder: whether the item founded the topic
-- column is_merge: whether it came with its topic
-- column hand: the number of the hand that moved it: a person said so; null where the rule did
-- column source: the source of the item
-- column title: the clean title that it bore when it was first seen
SELECT
    joins.item_id,
    joins.topic_id,
    lag(joins.topic_id) OVER (PARTITION BY joins.item_id ORDER BY joins.joined_at) AS from_topic_id,
    joins.joined_at,
    joins.chance,
    joins.topic_id = joins.item_id AND NOT joins.is_merge AND joins.hand IS NULL AS is_founder,
    joins.is_merge,
    joins.hand,
    items.source,
    titles.clean_title AS title
FROM core.topic_items AS joins
INNER JOIN core.items AS items USING (item_id)
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = items.first_title_id
