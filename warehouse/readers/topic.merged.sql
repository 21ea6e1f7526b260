-- The topics that a topic's items belonged to before they were merged into it, on whatever way, in time order.
SELECT
    joins.from_topic_id AS topic_id,
    joins.topic_id AS into_topic_id,
    joins.joined_at AS merged_at,
    max(joins.chance) AS chance,
    any_value(titles.clean_title) AS title
FROM mart.topic_joins AS joins
INNER JOIN core.topic_members AS members
    ON members.item_id = joins.item_id AND members.until_at IS NULL
INNER JOIN core.items AS founders ON founders.item_id = joins.from_topic_id
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = founders.first_title_id
WHERE members.topic_id = $topic_id AND joins.is_merge
GROUP BY joins.from_topic_id, joins.topic_id, joins.joined_at
ORDER BY joins.joined_at, joins.from_topic_id
