-- All the titles of each topic, with who printed them and when the item was first seen.
-- grain: topic_id, item_id, title
-- code_version: 1
-- column topic_id: the topic
-- column item_id: the item that bears the title
-- column source: the source that printed it
-- column title: the clean title
-- column joined_at: when the item joined the topic, UTC
-- column chance: how likely they told one story, as was known then, 0 to 1
SELECT DISTINCT
    members.topic_id,
    refs.item_id,
    refs.source,
    titles.clean_title AS title,
    members.from_at AS joined_at,
    members.chance
FROM core.topic_members AS members
INNER JOIN core.item_references AS refs USING (item_id)
INNER JOIN core.titles AS titles ON titles.title_id = refs.title_id
WHERE members.until_at IS NULL
