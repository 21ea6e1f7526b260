-- The keywords that burst over their own baseline, at each hour in which new titles brought them.
-- grain: window_start, token
-- code_version: 4
-- column window_start: start of the hour, UTC
-- column token: the word, folded
-- column part_of_speech: n word, nr person, nz work, where it is a word found in the titles; else null
-- column title_count: titles first seen in the 24 hours up to the end of the hour that have it
-- column usual_titles: how many would be usual, from the 28 days before those
-- column burst: how far it is above that, standard deviations
-- column board_count: boards that brought those titles
-- column title: the newest of them
-- column topic_id: the topic that title told when the hour ended; where it went since is in mart.topic_aliases
-- column is_unlisted: found in the titles themselves in the 28 days before; it is in no dictionary, and may be old
-- column is_new_word: told as new in the 28 days before: absent for weeks, and by no chance
SELECT
    bursts.window_start,
    bursts.token,
    found.part_of_speech,
    bursts.title_count,
    bursts.usual_titles,
    bursts.burst,
    bursts.board_count,
    titles.clean_title AS title,
    told.topic_id,
    coalesce(
        found.found_at > bursts.window_start - to_days($rule_word_memory_days) AND found.found_at <= bursts.window_start, FALSE
    ) AS is_unlisted,
    coalesce(
        NOT EXISTS (
            FROM core.word_hands AS hands
            WHERE
                hands.token = bursts.token AND hands.kind = 'strike' AND hands.from_at <= bursts.window_start
                AND (hands.until_at IS NULL OR hands.until_at > bursts.window_start)
        )
        AND novel.told_at > bursts.window_start - to_days($rule_word_memory_days) AND novel.told_at <= bursts.window_start, FALSE
    ) AS is_new_word
FROM core.token_bursts AS bursts
INNER JOIN core.clean_titles AS titles
    ON titles.title_id = bursts.last_title_id
LEFT JOIN core.new_words AS found USING (token)
LEFT JOIN core.novel_words AS novel USING (token)
LEFT JOIN (
    SELECT
        busy.window_start,
        busy.token,
        arg_min(members.topic_id, (items.first_seen_at, items.item_id)) AS topic_id
    FROM core.token_bursts AS busy
    INNER JOIN core.items AS items ON busy.last_title_id = items.first_title_id
    INNER JOIN core.topic_members AS members ON items.item_id = members.item_id
    WHERE
        members.from_at < busy.window_start + INTERVAL 1 HOUR
        AND (members.until_at IS NULL OR members.until_at >= busy.window_start + INTERVAL 1 HOUR)
    GROUP BY busy.window_start, busy.token
) AS told
    ON bursts.window_start = told.window_start AND bursts.token = told.token
