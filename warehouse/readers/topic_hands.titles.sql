-- The titles that they named, part by part.
SELECT hand, part, item_id, source, folded_title, first_seen_at
FROM core.topic_hand_titles
ORDER BY hand, part, place
