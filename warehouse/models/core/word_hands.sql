-- What people say of words that were found: that one is none, or is one, from an instant on until it is undone.
-- grain: hand
-- code_version: 1
-- column hand: the number of the hand
-- column token: the word, folded
-- column kind: strike, it is no word; keep, it is one
-- column said_by: who said it
-- column from_at: beginning, UTC
-- column until_at: when it was undone, UTC; null while it holds
WITH undone AS (SELECT undoes AS number, min(said_at) AS until_at FROM raw.topic_hands GROUP BY undoes)

SELECT
    hands.number AS hand,
    hands.name AS token,
    hands.kind,
    hands.said_by,
    hands.said_at AS from_at,
    undone.until_at
FROM raw.topic_hands AS hands
LEFT JOIN undone USING (number)
WHERE hands.kind IN ('strike', 'keep')
