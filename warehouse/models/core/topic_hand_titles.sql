-- The titles that people named when they spoke of topics, and the item that each is now.
-- grain: hand, part, item_id
-- code_version: 1
-- column hand: the number of the hand
-- column part: of a split 1 for what stays and 2 for what leaves, of a join the number of the topic, of a new name 1
-- column place: its place in the part, from 1; a topic's founder comes first
-- column item_id: the item, by its id, else by source and title; the id of then where neither is there
-- column source: the source
-- column folded_title: the title that it bore when it was first seen, folded
-- column first_seen_at: when it was first seen, as known when the person spoke, UTC
WITH parts AS (
    SELECT number, said_at, generate_subscripts(parts, 1) AS part, unnest(parts) AS titles FROM raw.topic_hands
),

named AS (
    SELECT number, said_at, part, generate_subscripts(titles, 1) AS place, unnest(titles) AS title FROM parts
),

strayed AS (
    SELECT named.* FROM named ANTI JOIN core.items AS items ON items.item_id = named.title.item_id
),

-- The rule of identity changed since: the newest item of that source and title that could be seen then.
found AS (
    SELECT
        strayed.number,
        strayed.part,
        strayed.place,
        arg_max(items.item_id, (items.first_seen_at, items.item_id)) AS item_id
    FROM strayed
    INNER JOIN core.clean_titles AS titles ON titles.folded_title = strayed.title.folded_title
    INNER JOIN core.items AS items
        ON items.first_title_id = titles.title_id AND items.source = strayed.title.source
    WHERE items.first_seen_at <= strayed.said_at
    GROUP BY ALL
)

SELECT
    named.number AS hand,
    named.part,
    min(named.place) AS place,
    coalesce(found.item_id, named.title.item_id) AS item_id,
    any_value(named.title.source) AS source,
    any_value(named.title.folded_title) AS folded_title,
    min(named.title.first_seen_at) AS first_seen_at
FROM named
LEFT JOIN found USING (number, part, place)
GROUP BY named.number, named.part, coalesce(found.item_id, named.title.item_id)
