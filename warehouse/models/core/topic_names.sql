-- What people call topics: the name holds for the topic that the item belongs to, from its instant on until it is undone.
-- grain: hand
-- code_version: 1
-- column hand: the number of the hand; of two names the larger one holds
-- column item_id: the item by which the topic was found: its founder, which goes wherever the topic goes
-- column name: the name
-- column said_by: who said it
-- column from_at: beginning, UTC
-- column until_at: when it was undone, UTC; null while it holds
WITH anchors AS (
    SELECT
        titles.hand,
        arg_min(titles.item_id, (titles.place, titles.item_id)) AS item_id
    FROM core.topic_hand_titles AS titles
    SEMI JOIN core.items USING (item_id)
    GROUP BY titles.hand
),

undone AS (SELECT undoes AS number, min(said_at) AS until_at FROM raw.topic_hands GROUP BY undoes)

SELECT
    hands.number AS hand,
    anchors.item_id,
    hands.name,
    hands.said_by,
    hands.said_at AS from_at,
    undone.until_at
FROM raw.topic_hands AS hands
INNER JOIN anchors ON anchors.hand = hands.number
LEFT JOIN undone USING (number)
WHERE hands.kind = 'rename'
