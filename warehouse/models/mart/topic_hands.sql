-- What people said of topics and of found words: who, when, what, whether it holds, and how many items it moved.
-- grain: hand
-- code_version: 2
-- column hand: number of the hand, from 1, in the order in which they were said
-- column kind: split, join, rename, strike, keep or undo
-- column said_at: when it was said, UTC; nothing before that instant knows of it
-- column said_by: who said it
-- column topic_ids: the topics, as they were named when it was said; none of a word
-- column name: the new name, or the word that is struck or kept; empty for other kinds
-- column undoes: the hand that does not hold from then on; null for other kinds
-- column undone_at: when it was undone itself, UTC; null while it holds
-- column moved_count: items that it moved from a topic to another
WITH undone AS (SELECT undoes AS number, min(said_at) AS undone_at FROM raw.topic_hands GROUP BY undoes),

moved AS (SELECT hand AS number, count(*) AS moved_count FROM core.topic_items WHERE hand IS NOT NULL GROUP BY hand)

SELECT
    hands.number AS hand,
    hands.kind,
    hands.said_at,
    hands.said_by,
    hands.topic_ids,
    hands.name,
    hands.undoes,
    undone.undone_at,
    coalesce(moved.moved_count, 0) AS moved_count
FROM raw.topic_hands AS hands
LEFT JOIN undone USING (number)
LEFT JOIN moved USING (number)
