-- What people said of topics, in the order in which they said it.
SELECT number, kind, said_at, said_by, topic_ids, name, undoes
FROM raw.topic_hands
ORDER BY said_at, number
