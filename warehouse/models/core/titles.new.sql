-- Titles printed in loads after $after_load that are not cleaned yet.
SELECT DISTINCT entries.title
FROM raw.entries AS entries
ANTI JOIN core.titles AS titles ON titles.title = entries.title
WHERE entries.load_id > $after_load
ORDER BY entries.title
