-- Each clean title once, whatever ways it was printed in.
-- grain: title_id
-- code_version: 1
-- column title_id: the title
-- column clean_title: one visible line, without #…#, mended
-- column folded_title: without width, case, script variant, spaces and punctuation
SELECT DISTINCT title_id, clean_title, folded_title
FROM core.titles
