-- What desks were told of a topic, the $shown newest.
SELECT desk, channel, kind, title, rules, decided_at, sent_at, failure, best_rank, list_count, chance_3h, top_ten_at
FROM mart.deliveries
WHERE topic_id = $topic_id
ORDER BY decided_at DESC, desk, channel
LIMIT $shown
