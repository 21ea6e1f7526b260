-- The words that are new since $since, or found since then where $unlisted is true, the newest first, as known at
-- $at: with the titles that had each, letter by letter, in the 28 days before.
WITH said AS (
    SELECT token, kind, said_by, hand
    FROM core.word_hands
    WHERE from_at <= $at AND (until_at IS NULL OR until_at > $at)
    QUALIFY row_number() OVER (PARTITION BY token ORDER BY hand DESC) = 1
),

known AS (
    SELECT
        found.token,
        novel.token IS NOT NULL AND coalesce(said.kind <> 'strike', TRUE) AS is_new,
        novel.told_at AS new_at,
        found.found_at,
        novel.days_before,
        novel.days_since,
        novel.days_seen,
        novel.chance,
        said.kind AS said,
        said.said_by,
        said.hand
    FROM core.new_words AS found
    LEFT JOIN core.novel_words AS novel ON novel.token = found.token AND novel.told_at <= $at
    LEFT JOIN said ON said.token = found.token
    WHERE found.found_at <= $at
),

asked AS (
    SELECT *
    FROM known
    WHERE (is_new OR $unlisted) AND (new_at > $since OR ($unlisted AND found_at > $since))
),

told AS (
    SELECT asked.token, titles.title_id, titles.clean_title, sights.first_seen_at
    FROM asked
    INNER JOIN core.title_sights AS sights
        ON sights.first_seen_at > $at::TIMESTAMP - to_days($rule_word_memory_days) AND sights.first_seen_at <= $at
    INNER JOIN core.clean_titles AS titles
        ON titles.title_id = sights.title_id AND contains(titles.folded_title, asked.token)
),

lines AS (
    SELECT DISTINCT entries.title_id, servings.list_board
    FROM core.entries AS entries
    INNER JOIN core.servings AS servings USING (board, captured_at)
    SEMI JOIN told USING (title_id)
    WHERE entries.captured_at > $at::TIMESTAMP - to_days($rule_word_memory_days) AND entries.captured_at <= $at
),

lists AS (
    SELECT told.token, count(DISTINCT lines.list_board) AS list_count
    FROM told
    INNER JOIN lines USING (title_id)
    GROUP BY told.token
),

listed AS (
    SELECT
        asked.token,
        asked.is_new,
        asked.new_at,
        asked.found_at,
        min(told.first_seen_at) AS first_seen_at,
        count(told.title_id) AS title_count,
        any_value(coalesce(lists.list_count, 0)) AS list_count,
        asked.days_before,
        asked.days_since,
        asked.days_seen,
        asked.chance,
        arg_max(told.clean_title, (told.first_seen_at, told.title_id)) AS title,
        asked.said,
        asked.said_by,
        asked.hand
    FROM asked
    LEFT JOIN told USING (token)
    LEFT JOIN lists USING (token)
    GROUP BY ALL
)

SELECT * FROM listed
ORDER BY coalesce(new_at, found_at) DESC, token
