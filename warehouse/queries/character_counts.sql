-- In how many items' first titles each character stood, of the items first seen 36 hours before $since or earlier.
WITH characters AS (
    SELECT unnest(list_distinct(string_split(titles.folded_title, ''))) AS term
    FROM core.items AS items
    INNER JOIN core.clean_titles AS titles ON titles.title_id = items.first_title_id
    WHERE items.first_seen_at < $since - to_hours($rule_topic_live_hours)
)

SELECT
    term,
    count(*) AS item_count
FROM characters
GROUP BY term
ORDER BY term
