-- In how many items' first titles each character stood, of the items first seen 36 hours before $since or earlier.
WITH titles AS (SELECT DISTINCT title_id, folded_title FROM core.titles),

characters AS (
    SELECT unnest(list_distinct(string_split(titles.folded_title, ''))) AS term
    FROM core.items AS items
    INNER JOIN titles ON titles.title_id = items.first_title_id
    WHERE items.first_seen_at < $since - INTERVAL 36 HOUR
)

SELECT
    term,
    count(*) AS item_count
FROM characters
GROUP BY term
ORDER BY term
