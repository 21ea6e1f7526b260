-- How many topics were founded so long before $since that they are the past.
SELECT count(*) AS topic_count
FROM (
    SELECT item_id
    FROM core.topic_items
    GROUP BY item_id
    HAVING arg_min(topic_id, joined_at) = item_id AND min(joined_at) < $since - to_hours($rule_storyline_hours)
) AS founders
