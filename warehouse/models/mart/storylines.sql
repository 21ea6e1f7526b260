-- Each big story: what it is called, which topics belong to it, and the names that hold them together.
-- grain: storyline_id
-- code_version: 1
-- column storyline_id: the storyline, named by the topic that founded it
-- column headline: what its widest topic is called: the one on most boards, of those the one with most lines
-- column topic_count: topics that belong to it now, 2 or more
-- column topic_ids: those topics, newest first
-- column first_seen_at: when the first of them was first seen on any board, UTC
-- column last_seen_at: when any of them was last seen, UTC
-- column board_count: boards that had any of them; those that show one list count once
-- column names: names that hold its topics to it, those of most topics first; eight at most
WITH parts AS (
    SELECT storyline_id, topic_id, names FROM core.storylines WHERE until_at IS NULL
),

told AS (
    SELECT
        parts.storyline_id,
        arg_max(topics.label, (topics.board_count, topics.entry_count, topics.topic_id)) AS headline,
        count(*) AS topic_count,
        list(topics.topic_id ORDER BY topics.first_seen_at DESC, topics.topic_id) AS topic_ids,
        min(topics.first_seen_at) AS first_seen_at,
        max(topics.last_seen_at) AS last_seen_at
    FROM parts
    INNER JOIN mart.topics AS topics USING (topic_id)
    GROUP BY parts.storyline_id
    HAVING count(*) > 1
),

boards AS (
    SELECT
        parts.storyline_id,
        count(DISTINCT coalesce(boards.list_board, stood.board)) AS board_count
    FROM parts
    INNER JOIN mart.topic_boards AS stood USING (topic_id)
    LEFT JOIN ops.boards AS boards USING (board)
    GROUP BY parts.storyline_id
),

names AS (
    SELECT storyline_id, list(name ORDER BY topic_count DESC, name)[:8] AS names
    FROM (
        SELECT storyline_id, name, count(*) AS topic_count
        FROM (SELECT storyline_id, unnest(names) AS name FROM parts) AS each_name
        GROUP BY storyline_id, name
    ) AS counted
    GROUP BY storyline_id
)

SELECT
    told.*,
    boards.board_count,
    names.names
FROM told
INNER JOIN boards USING (storyline_id)
INNER JOIN names USING (storyline_id)
