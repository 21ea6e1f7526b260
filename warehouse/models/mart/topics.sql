-- Each topic's card: what it is about, where it was and how high it came.
-- grain: topic_id
-- code_version: 3
-- column topic_id: the topic, named by the item that founded it
-- column former_ids: ids by which it, or a topic that was merged into it, was told before; mart.topic_aliases leads from them
-- column title: the title of the item that founded it
-- column label: what it is called: a person's name for it, else the title that tells it best
-- column told_label: the title that tells it best: it has most in common with the others and reads as a statement
-- column named_by: who gave it the name that it has; null where nobody did
-- column older_names: what people called it before, newest first
-- column keywords: words that its titles share, most shared first
-- column people: names of people that its titles share
-- column places: names of places that its titles share
-- column bodies: names of companies, clubs and offices that its titles share
-- column other_names: names of works, products and other things that its titles share
-- column category: society, entertainment, sports, technology, finance, world, games, education or life; null where nothing tells it
-- column first_seen_at: first seen on any board, UTC
-- column last_seen_at: last seen on any board, UTC
-- column first_board: the board that had it first
-- column board_count: boards that had it; those that show one list count once
-- column item_count: items that tell it
-- column best_rank: best rank on any board
-- column entry_count: lines it had on all boards
WITH present AS MATERIALIZED (SELECT item_id, topic_id FROM core.topic_members WHERE until_at IS NULL),

members AS (SELECT topic_id, count(*) AS item_count FROM present GROUP BY topic_id),

-- A topic bears the id of the item that founded it, which goes wherever the topic goes.
formers AS (
    SELECT present.topic_id, list(present.item_id ORDER BY present.item_id) AS former_ids
    FROM present
    SEMI JOIN core.topic_items AS founded ON founded.topic_id = present.item_id
    WHERE present.item_id <> present.topic_id
    GROUP BY present.topic_id
),

names AS (
    SELECT present.topic_id, list(names.name ORDER BY names.hand DESC) AS names, arg_max(names.said_by, names.hand) AS said_by
    FROM core.topic_names AS names
    INNER JOIN present USING (item_id)
    WHERE names.until_at IS NULL
    GROUP BY present.topic_id
),

cards AS (
    SELECT DISTINCT ON (topic_id) *
    FROM core.topic_cards
    ORDER BY topic_id, window_start DESC
),

spread AS (
    SELECT
        stood.topic_id,
        min(stood.first_seen_at) AS first_seen_at,
        max(stood.last_seen_at) AS last_seen_at,
        arg_min(stood.board, (stood.first_seen_at, stood.board)) AS first_board,
        count(DISTINCT coalesce(boards.list_board, stood.board)) AS board_count,
        min(stood.best_rank) AS best_rank,
        sum(stood.entry_count)::BIGINT AS entry_count
    FROM mart.topic_boards AS stood
    LEFT JOIN ops.boards AS boards USING (board)
    GROUP BY stood.topic_id
)

SELECT
    spread.topic_id,
    coalesce(formers.former_ids, []) AS former_ids,
    titles.clean_title AS title,
    coalesce(names.names[1], cards.label) AS label,
    cards.label AS told_label,
    names.said_by AS named_by,
    coalesce(names.names[2:], []) AS older_names,
    cards.keywords,
    cards.people,
    cards.places,
    cards.bodies,
    cards.other_names,
    cards.category,
    spread.first_seen_at,
    spread.last_seen_at,
    spread.first_board,
    spread.board_count,
    members.item_count,
    spread.best_rank,
    spread.entry_count
FROM spread
INNER JOIN members USING (topic_id)
INNER JOIN cards USING (topic_id)
LEFT JOIN names USING (topic_id)
LEFT JOIN formers USING (topic_id)
INNER JOIN core.items AS founders ON founders.item_id = spread.topic_id
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = founders.first_title_id
