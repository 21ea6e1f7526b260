-- What people called the topics of items by $at, in the order in which it was said.
SELECT item_id, name, from_at AS at_instant, until_at AS until_instant
FROM core.topic_names
WHERE from_at <= $at
ORDER BY hand
