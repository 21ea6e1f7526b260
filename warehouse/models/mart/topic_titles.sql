-- All the titles of each topic, with who printed them and when the item was first seen.
-- grain: topic_id, item_id, title
-- code_version: 2
-- column topic_id: the topic
-- column item_id: the item that bears the title
-- column source: the source that printed it
-- column title: the clean title
-- column url: the newest address that it led to, as printed; null where none ever was
-- column joined_at: when the item joined the topic, UTC
-- column chance: how likely they told one story, as was known then, 0 to 1
WITH bearers AS (SELECT DISTINCT item_id, source, title_id FROM core.item_references),

titles AS (SELECT DISTINCT title_id, clean_title FROM core.titles)

SELECT
    members.topic_id,
    bearers.item_id,
    bearers.source,
    titles.clean_title AS title,
    arg_max(printed.url, (printed.captured_at, printed.board, printed.position)) AS url,
    members.from_at AS joined_at,
    members.chance
FROM core.topic_members AS members
INNER JOIN bearers USING (item_id)
INNER JOIN titles USING (title_id)
LEFT JOIN core.entries AS lines ON lines.item_id = bearers.item_id AND lines.title_id = bearers.title_id
LEFT JOIN raw.entries AS printed
    ON
        printed.board = lines.board
        AND printed.captured_at = lines.captured_at
        AND printed.position = lines.position
WHERE members.until_at IS NULL
GROUP BY ALL
