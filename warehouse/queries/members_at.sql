-- The topic that each asked item belonged to at $at; the query that asks has a CTE asked (item_id). The same as
-- core.topic_members, which looks at every item that there ever was: five times a digest.
SELECT items.item_id, items.topic_id, items.joined_at
FROM core.topic_items AS items
SEMI JOIN asked USING (item_id)
WHERE items.joined_at <= $at
QUALIFY row_number() OVER (PARTITION BY items.item_id ORDER BY items.joined_at DESC) = 1
