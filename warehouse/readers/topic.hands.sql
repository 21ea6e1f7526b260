-- What people said of a topic or of what it was merged from, in the order in which they said it.
SELECT
    hands.hand,
    hands.kind,
    hands.said_at,
    hands.said_by,
    hands.name,
    hands.undoes,
    hands.undone_at,
    hands.moved_count
FROM mart.topic_hands AS hands
WHERE
    hands.hand IN (
        SELECT titles.hand
        FROM core.topic_hand_titles AS titles
        INNER JOIN core.topic_members AS members ON members.item_id = titles.item_id AND members.until_at IS NULL
        WHERE members.topic_id = $topic_id
    )
ORDER BY hands.hand
