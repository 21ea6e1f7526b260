-- How many items were first seen before $since.
SELECT count(*) AS item_count FROM core.items WHERE first_seen_at < $since
