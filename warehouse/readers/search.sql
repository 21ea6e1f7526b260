-- Stories of which one title has all of some texts, or whose keywords and names are them; those seen last come first.
WITH asked AS (SELECT $texts::VARCHAR[] AS texts),

hits AS (
    SELECT titles.title_id, any_value(titles.clean_title) AS title
    FROM core.titles AS titles, asked
    WHERE list_bool_and(list_transform(asked.texts, LAMBDA sought: contains(titles.folded_title, sought)))
    GROUP BY titles.title_id
),

by_title AS (
    SELECT members.topic_id, arg_max(hits.title, members.from_at) AS title
    FROM hits
    INNER JOIN core.item_references AS refs USING (title_id)
    INNER JOIN core.topic_members AS members ON members.item_id = refs.item_id AND members.until_at IS NULL
    GROUP BY members.topic_id
),

cards AS (
    SELECT DISTINCT ON (topic_id) topic_id, label, keywords, people, places, bodies, other_names
    FROM core.topic_cards
    ORDER BY topic_id, window_start DESC
),

by_name AS (
    SELECT cards.topic_id
    FROM cards, asked
    WHERE
        list_has_all(
            list_transform(
                list_concat(cards.keywords, cards.people, cards.places, cards.bodies, cards.other_names),
                LAMBDA name: lower(name)
            ),
            asked.texts
        )
),

found AS (
    SELECT topic_id FROM by_title
    UNION
    SELECT topic_id FROM by_name
),

lives AS (
    SELECT
        members.topic_id,
        min(hours.first_seen_at) AS first_seen_at,
        max(hours.last_seen_at) AS last_seen_at,
        min(hours.best_rank) AS best_rank,
        count(DISTINCT coalesce(boards.list_board, hours.board)) AS list_count
    FROM core.topic_members AS members
    SEMI JOIN found USING (topic_id)
    INNER JOIN core.item_hours AS hours USING (item_id)
    LEFT JOIN ops.boards AS boards ON boards.board = hours.board
    WHERE members.until_at IS NULL
    GROUP BY members.topic_id
),

named AS (
    SELECT members.topic_id, arg_max(names.name, names.hand) AS name
    FROM core.topic_names AS names
    INNER JOIN core.topic_members AS members ON members.item_id = names.item_id AND members.until_at IS NULL
    WHERE names.until_at IS NULL
    GROUP BY members.topic_id
)

SELECT
    lives.topic_id,
    coalesce(named.name, cards.label) AS label,
    by_title.title,
    lives.first_seen_at,
    lives.last_seen_at,
    lives.best_rank,
    lives.list_count,
    count(*) OVER () AS found_count
FROM lives
INNER JOIN cards USING (topic_id)
LEFT JOIN by_title USING (topic_id)
LEFT JOIN named USING (topic_id)
ORDER BY lives.last_seen_at DESC, lives.topic_id
LIMIT $shown OFFSET $skipped
