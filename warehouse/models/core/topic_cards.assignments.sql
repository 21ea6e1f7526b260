-- The assignments from $since on, and before them the members that their topics then had, in time order.
WITH touched AS (SELECT DISTINCT topic_id FROM core.topic_items WHERE joined_at >= $since),

known AS (
    SELECT
        item_id,
        arg_max(topic_id, joined_at) AS topic_id,
        max(joined_at) AS joined_at
    FROM core.topic_items
    WHERE joined_at < $since
    GROUP BY item_id
)

SELECT known.* FROM known SEMI JOIN touched USING (topic_id)
UNION ALL BY NAME
SELECT item_id, topic_id, joined_at FROM core.topic_items WHERE joined_at >= $since
ORDER BY joined_at, item_id
