-- How many items were first seen 36 hours before $since or earlier.
SELECT count(*) AS item_count FROM core.items WHERE first_seen_at < $since - INTERVAL 36 HOUR
