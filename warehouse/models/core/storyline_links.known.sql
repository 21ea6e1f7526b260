-- The links that hold at $since of the storylines of topics that are told then, or that titles come to or leave from
-- then on: of all their topics, and when each storyline was founded.
WITH known AS (
    SELECT
        topic_id,
        arg_max(storyline_id, from_at) AS storyline_id,
        max(from_at) AS from_at,
        arg_max(strength, from_at) AS strength,
        arg_max(names, from_at) AS names
    FROM (
        SELECT * REPLACE (coalesce(storyline_id, 0) AS storyline_id)
        FROM core.storyline_links
        WHERE from_at < $since
    ) AS links
    GROUP BY topic_id
),

told AS (SELECT storyline_id FROM known SEMI JOIN $query_storyline_topics USING (topic_id)),

births AS (
    SELECT storyline_id, min(from_at) AS born_at
    FROM core.storyline_links
    WHERE from_at < $since
    GROUP BY storyline_id
)

SELECT
    known.topic_id,
    known.storyline_id,
    known.from_at,
    known.strength,
    known.names,
    births.born_at
FROM known
SEMI JOIN told USING (storyline_id)
INNER JOIN births USING (storyline_id)
WHERE known.storyline_id <> 0
ORDER BY known.topic_id
