-- Clean titles that are not cut yet. A title without a word has no row there and is cut again: cheap.
SELECT DISTINCT
    titles.title_id,
    titles.clean_title
FROM core.titles AS titles
SEMI JOIN (SELECT title FROM raw.entries WHERE load_id > $after_load) AS printed USING (title)
ANTI JOIN core.title_tokens AS tokens ON tokens.title_id = titles.title_id
ORDER BY titles.title_id
