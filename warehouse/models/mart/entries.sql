-- Every line of every snapshot, with the clean title, the topic and the heat as a number.
-- grain: board, captured_at, position
-- code_version: 2
-- column board: the board
-- column captured_at: when we received the page, UTC
-- column captured_date: the day of that in Shanghai
-- column position: place on the page from 1, all lines counted
-- column kind: ranked, pinned or paid
-- column rank: place among the ranked lines from 1; null for pinned and paid
-- column item_id: the item
-- column topic_id: the topic
-- column title: the clean title
-- column url: the address that it led to, as printed; null where none was
-- column heat_value: the source's own number; never comparable across boards
SELECT
    entries.board,
    entries.captured_at,
    (entries.captured_at + to_hours($rule_shanghai_hours))::DATE AS captured_date,
    entries.position,
    entries.kind,
    entries.rank,
    entries.item_id,
    members.topic_id,
    titles.clean_title AS title,
    printed.url,
    entries.heat_value
FROM core.entries AS entries
LEFT JOIN core.topic_members AS members
    ON members.item_id = entries.item_id AND members.until_at IS NULL
LEFT JOIN core.clean_titles AS titles USING (title_id)
LEFT JOIN raw.entries AS printed
    ON
        printed.board = entries.board
        AND printed.captured_at = entries.captured_at
        AND printed.position = entries.position
