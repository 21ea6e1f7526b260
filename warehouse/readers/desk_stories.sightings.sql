-- The ranked lines of lists from $since to $at that bear some items; their ids come as one text.
SELECT
    servings.list_board AS board,
    entries.captured_at AS at_instant,
    entries.item_id,
    entries.rank,
    titles.clean_title AS title,
    entries.position
FROM core.entries AS entries
SEMI JOIN (SELECT unnest(string_split(nullif($item_ids, ''), ' '))::BIGINT AS item_id) AS asked USING (item_id)
INNER JOIN core.servings AS servings USING (board, captured_at)
INNER JOIN core.clean_titles AS titles USING (title_id)
WHERE entries.captured_at BETWEEN $since AND $at AND entries.rank IS NOT NULL
ORDER BY entries.captured_at, servings.list_board, entries.rank, entries.position
