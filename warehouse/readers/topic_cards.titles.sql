-- What some items said when they were first seen, and all the words of it, in the order in which they were seen.
-- Their ids come as one text: binding a list of a hundred thousand costs more than the query.
WITH wanted AS (
    SELECT items.item_id, items.first_title_id AS title_id, items.first_board, items.first_seen_at
    FROM core.items AS items
    INNER JOIN (SELECT unnest(string_split(nullif($item_ids, ''), ' '))::BIGINT AS item_id) AS asked USING (item_id)
),

words AS (
    SELECT
        told.title_id,
        list(told.token ORDER BY told.position) AS tokens,
        list(told.part_of_speech ORDER BY told.position) AS tags,
        list(told.is_keyword ORDER BY told.position) AS keywords,
        -- A word found later is none of this title's.
        list(coalesce(found.found_at <= told.first_seen_at, FALSE) ORDER BY told.position) AS found
    FROM core.title_tokens AS told
    SEMI JOIN wanted USING (title_id)
    LEFT JOIN core.new_words AS found USING (token)
    GROUP BY told.title_id
),

titles AS (SELECT DISTINCT title_id, clean_title FROM core.titles SEMI JOIN wanted USING (title_id))

SELECT
    wanted.item_id,
    wanted.first_board AS board,
    titles.clean_title AS title,
    coalesce(categories.category, '') AS printed,
    words.tokens,
    words.tags,
    words.keywords,
    words.found
FROM wanted
INNER JOIN titles USING (title_id)
LEFT JOIN words USING (title_id)
LEFT JOIN core.item_categories AS categories USING (item_id)
ORDER BY wanted.first_seen_at, wanted.first_board, wanted.item_id
