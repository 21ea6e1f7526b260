-- The titles that stood among the ranked lines of lists from $since to $at.
SELECT titles.title_id, titles.clean_title AS title
FROM core.clean_titles AS titles
SEMI JOIN (
    SELECT title_id FROM core.entries WHERE captured_at BETWEEN $since AND $at AND rank IS NOT NULL
) AS seen USING (title_id)
ORDER BY titles.title_id
