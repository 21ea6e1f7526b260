-- The assignments from $since on, and before them the members that the topics then had that they come to and
-- that they leave, in time order.
WITH known AS (
    SELECT
        item_id,
        arg_max(topic_id, joined_at) AS topic_id,
        max(joined_at) AS joined_at
    FROM core.topic_items
    WHERE joined_at < $since
    GROUP BY item_id
),

touched AS (
    SELECT topic_id FROM core.topic_items WHERE joined_at >= $since
    UNION
    SELECT known.topic_id FROM known SEMI JOIN core.topic_items AS moved
        ON moved.item_id = known.item_id AND moved.joined_at >= $since
)

SELECT known.* FROM known SEMI JOIN touched USING (topic_id)
UNION ALL BY NAME
SELECT item_id, topic_id, joined_at FROM core.topic_items WHERE joined_at >= $since
ORDER BY joined_at, item_id
