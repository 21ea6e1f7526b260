-- The items of a topic as it is now, its founder first, as they were first seen, and every title that each bore.
WITH borne AS (
    SELECT refs.item_id, list(DISTINCT titles.folded_title) AS folded_titles
    FROM core.item_references AS refs
    INNER JOIN core.topic_members AS members
        ON members.item_id = refs.item_id AND members.topic_id = $topic_id AND members.until_at IS NULL
    INNER JOIN core.clean_titles AS titles ON titles.title_id = refs.title_id
    GROUP BY refs.item_id
)

SELECT
    borne.item_id,
    items.source,
    titles.folded_title,
    items.first_seen_at,
    titles.clean_title AS title,
    borne.folded_titles
FROM borne
INNER JOIN core.items AS items USING (item_id)
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = items.first_title_id
ORDER BY borne.item_id <> $topic_id, items.first_seen_at, borne.item_id
