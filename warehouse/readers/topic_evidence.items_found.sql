-- Items by id, or by a title or a part of one, folded: exact titles first, then what was seen most.
WITH found AS (
    SELECT
        refs.item_id,
        max(titles.folded_title = $folded_title) AS is_exact
    FROM core.item_references AS refs
    INNER JOIN core.titles AS titles USING (title_id)
    WHERE refs.item_id = $item_id OR ($folded_title <> '' AND contains(titles.folded_title, $folded_title))
    GROUP BY refs.item_id
),

seen AS (
    SELECT item_id, sum(entry_count) AS entry_count
    FROM core.item_hours
    SEMI JOIN found USING (item_id)
    GROUP BY item_id
)

SELECT
    found.item_id,
    members.topic_id
FROM found
INNER JOIN seen USING (item_id)
INNER JOIN core.topic_members AS members ON members.item_id = found.item_id AND members.until_at IS NULL
ORDER BY found.item_id = $item_id DESC, found.is_exact DESC, seen.entry_count DESC, found.item_id
