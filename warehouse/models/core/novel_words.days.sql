-- Words that were found and are not told as new yet, of which $since brought something: when new titles had
-- them first, the list that had it first, and each day (Shanghai) with new titles that have them, with the
-- end of its first such hour.
WITH sights AS (
    SELECT sights.token, sights.window_start
    FROM core.word_sights AS sights
    SEMI JOIN core.new_words AS found ON found.token = sights.token
    ANTI JOIN core.novel_words AS told ON told.token = sights.token
    WHERE sights.title_count + sights.marked_count > 0
),

asked AS (
    SELECT token, min(window_start) AS first_at
    FROM sights
    GROUP BY token
    HAVING max(window_start) >= $since - INTERVAL 1 HOUR
),

first_titles AS (
    SELECT
        asked.token,
        min(seen.first_seen_at) AS first_seen_at,
        arg_min(seen.first_board, (seen.first_seen_at, seen.first_board)) AS first_board
    FROM asked
    INNER JOIN core.title_sights AS seen
        ON seen.first_seen_at >= asked.first_at AND seen.first_seen_at < asked.first_at + INTERVAL 1 HOUR
    INNER JOIN core.clean_titles AS titles USING (title_id)
    WHERE contains(titles.folded_title, asked.token)
    GROUP BY asked.token
),

days AS (
    SELECT
        token,
        (window_start + to_hours($rule_shanghai_hours))::DATE AS seen_on,
        min(window_start) + INTERVAL 1 HOUR AS known_at
    FROM sights
    SEMI JOIN asked USING (token)
    GROUP BY ALL
)

SELECT
    first_titles.token,
    any_value(first_titles.first_seen_at) AS first_seen_at,
    any_value(first_titles.first_board) AS first_board,
    any_value(found.found_at) AS found_at,
    list(days.seen_on ORDER BY days.seen_on) AS seen_on,
    list(days.known_at ORDER BY days.seen_on) AS known_at
FROM first_titles
INNER JOIN days USING (token)
INNER JOIN core.new_words AS found USING (token)
GROUP BY first_titles.token
ORDER BY first_titles.token
