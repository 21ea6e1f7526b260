-- How many of the topics that stood on one or two lists in an hour were seen on three or more within six more,
-- by their age: counted from the first capture after these on.
-- grain: window_start, list_count, age_band
-- code_version: 1
-- since: known_at
-- column window_start: start of the hour, UTC
-- column list_count: lists on which the topics stood in the hour, 1 or 2
-- column age_band: 0 for topics younger than an hour at its start, 1 up to six hours, 2 up to a day, 3 beyond
-- column known_at: from when on this is known, UTC
-- column topic_count: how many topics stood so
-- column spread_count: how many of them were seen on three or more lists by the end of the sixth hour after
WITH captures AS (
    SELECT DISTINCT captured_at AS known_at
    FROM core.snapshots
    WHERE captured_at >= $since
),

windows AS (
    SELECT hours.window_start, captures.known_at
    FROM (
        SELECT DISTINCT window_start
        FROM core.item_hours
        WHERE window_start > coalesce(
            (SELECT max(captured_at) FROM core.snapshots WHERE captured_at < $since) - to_hours($rule_spread_hours + 1),
            $since - to_hours($rule_spread_hours + 1)
        )
    ) AS hours
    ASOF INNER JOIN captures ON captures.known_at >= hours.window_start + to_hours($rule_spread_hours + 1)
),

stood AS (
    SELECT DISTINCT members.topic_id, past.window_start, past.list_board AS board
    FROM core.list_hours AS past
    INNER JOIN core.topic_members AS members ON
        members.item_id = past.item_id
        AND members.from_at < past.window_start + INTERVAL 1 HOUR
        AND coalesce(members.until_at >= past.window_start + INTERVAL 1 HOUR, TRUE)
    WHERE past.window_start >= (SELECT min(window_start) FROM windows) AND past.best_rank IS NOT NULL
),

begun AS (
    SELECT topic_id, min(joined_at) AS began_at FROM core.topic_items GROUP BY topic_id
),

judged AS (
    SELECT
        windows.window_start,
        windows.known_at,
        stood.topic_id,
        count(DISTINCT stood.board) FILTER (stood.window_start = windows.window_start) AS list_count,
        count(DISTINCT stood.board) AS list_count_later
    FROM windows
    INNER JOIN stood ON
        stood.window_start >= windows.window_start
        AND stood.window_start <= windows.window_start + to_hours($rule_spread_hours)
    GROUP BY ALL
)

SELECT
    judged.window_start,
    judged.list_count,
    len(list_filter(
        $rule_spread_age_bands_minutes, LAMBDA edge: begun.began_at <= judged.window_start - to_minutes(edge)
    ))::INTEGER AS age_band,
    any_value(judged.known_at) AS known_at,
    count(*) AS topic_count,
    count_if(judged.list_count_later >= $rule_spread_lists) AS spread_count
FROM judged
INNER JOIN begun USING (topic_id)
WHERE judged.list_count BETWEEN 1 AND $rule_spread_lists - 1
GROUP BY ALL
ORDER BY judged.window_start
