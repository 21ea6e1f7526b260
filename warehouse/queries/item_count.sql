-- How many items were first seen 36 hours before $since or earlier.
SELECT count(*) AS item_count FROM core.items WHERE first_seen_at < $since - to_hours($rule_topic_live_hours)
