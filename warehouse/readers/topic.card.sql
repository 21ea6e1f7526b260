-- A topic's card.
SELECT * FROM mart.topics WHERE topic_id = $topic_id
