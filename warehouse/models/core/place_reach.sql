-- On how many other lists the stories of a place of a list stood on the same day: what a place there reaches.
-- A day is told from the first capture after its end on.
-- grain: reach_date, board, band
-- code_version: 2
-- since: known_at
-- column reach_date: the day in Shanghai
-- column board: the list, by the name of its first board
-- column band: how many of rules.REACH_BAND_EDGES are above the rank: 0 for the first place
-- column known_at: from when on this is known, UTC
-- column hour_count: hours in which a story had its best rank of the hour there
-- column other_list_count: the other lists of the day on which these stories stood, one for each hour
WITH captures AS (
    SELECT DISTINCT captured_at AS known_at
    FROM core.snapshots
    WHERE captured_at >= $since
),

known_days AS (
    SELECT days.reach_date, days.day_end, captures.known_at
    FROM (
        SELECT DISTINCT
            (window_start + to_hours($rule_shanghai_hours))::DATE AS reach_date,
            reach_date + INTERVAL 1 DAY - to_hours($rule_shanghai_hours) AS day_end
        FROM core.item_hours
        WHERE window_start > coalesce(
            (SELECT max(captured_at) FROM core.snapshots WHERE captured_at < $since) - INTERVAL 25 HOUR,
            $since - INTERVAL 25 HOUR
        )
    ) AS days
    ASOF INNER JOIN captures ON captures.known_at >= days.day_end
    WHERE days.day_end > coalesce((SELECT max(captured_at) FROM core.snapshots WHERE captured_at < $since), $since)
),

stood AS (
    SELECT
        known_days.reach_date,
        known_days.known_at,
        members.topic_id,
        past.list_board AS board,
        past.window_start,
        min(past.best_rank) AS best_rank
    FROM known_days
    INNER JOIN core.list_hours AS past
        ON past.window_start >= known_days.day_end - INTERVAL 1 DAY AND past.window_start < known_days.day_end
    INNER JOIN core.topic_members AS members ON
        members.item_id = past.item_id
        AND members.from_at < known_days.day_end
        AND coalesce(members.until_at >= known_days.day_end, TRUE)
    WHERE past.best_rank IS NOT NULL
    GROUP BY ALL
),

reached AS (
    SELECT reach_date, topic_id, count(DISTINCT board) AS list_count
    FROM stood
    GROUP BY ALL
)

SELECT
    stood.reach_date,
    stood.board,
    len(list_filter($rule_reach_band_edges, LAMBDA edge: edge < stood.best_rank))::INTEGER AS band,
    any_value(stood.known_at) AS known_at,
    count(*) AS hour_count,
    sum(reached.list_count - 1)::BIGINT AS other_list_count
FROM stood
INNER JOIN reached USING (reach_date, topic_id)
GROUP BY ALL
ORDER BY stood.reach_date, stood.board, band
