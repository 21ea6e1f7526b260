-- The items of the topics that an item of some titles ever told, and every topic that each told up to $at.
-- The ids of the titles come as one text: binding a list of thousands costs more than the query.
WITH hits AS (
    SELECT DISTINCT entries.item_id
    FROM core.entries AS entries
    SEMI JOIN (
        SELECT unnest(string_split(nullif($title_ids, ''), ' '))::BIGINT AS title_id
    ) AS asked USING (title_id)
    WHERE entries.captured_at BETWEEN $since AND $at AND entries.rank IS NOT NULL
),

topics AS (
    SELECT DISTINCT topic_id FROM core.topic_items SEMI JOIN hits USING (item_id)  -- noqa: ST03
),

wanted AS (
    SELECT DISTINCT item_id FROM core.topic_items SEMI JOIN topics USING (topic_id)  -- noqa: ST03
)

SELECT item_id, topic_id, joined_at AS at_instant
FROM core.topic_items
SEMI JOIN wanted USING (item_id)
WHERE joined_at <= $at
ORDER BY joined_at, item_id
