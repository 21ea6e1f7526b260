-- The topics that a storyline may be told of from $since on: those that are told then, and those that titles come to or
-- leave later.
WITH known AS (
    SELECT
        item_id,
        arg_max(topic_id, joined_at) AS topic_id,
        max(joined_at) AS joined_at
    FROM core.topic_items
    WHERE joined_at < $since
    GROUP BY item_id
)

SELECT topic_id FROM known WHERE joined_at >= $since - to_hours($rule_storyline_hours)
UNION
SELECT topic_id FROM core.topic_items WHERE joined_at >= $since
UNION
SELECT known.topic_id FROM known SEMI JOIN core.topic_items AS moved
    ON moved.item_id = known.item_id AND moved.joined_at >= $since
