-- The stays of some items on lists that began by $at; their ids come as one text.
SELECT item_id, began_at, last_seen_at AS ended_at
FROM core.stay_ends
SEMI JOIN (SELECT unnest(string_split(nullif($item_ids, ''), ' '))::BIGINT AS item_id) AS asked USING (item_id)
WHERE began_at <= $at
ORDER BY began_at, item_id
