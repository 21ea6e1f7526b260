-- Whether what was forecast came to the top ten within one, three and six hours: null while the hours are not
-- over, where it had been there already, and where nobody can tell, for the list was not seen for more than two
-- thirds of the time. That it came counts as soon as it was seen.
-- grain: topic_id, board, made_at, is_replayed
-- code_version: 1
-- since: settled_at
-- column topic_id: the topic
-- column board: the list
-- column made_at: the instant of the forecast, UTC
-- column is_replayed: made later than its instant, by fengkou replay: never said in its time
-- column item_id: its item there
-- column began_at: when the item's stay began, UTC
-- column settled_at: first capture after the six hours, UTC; the year 9999 before
-- column top_at: when it came to the top ten in the six hours, UTC; null when it did not
-- column has_reached_1h: it came within an hour
-- column has_reached_3h: it came within three hours
-- column has_reached_6h: it came within six hours
WITH captures AS (
    SELECT DISTINCT captured_at FROM core.snapshots
),

-- Those that were not settled by the last capture before.
open_ones AS (
    SELECT topic_id, board, made_at, is_replayed, item_id, chance_3h IS NULL AS was_there
    FROM mart.board_forecasts
    WHERE made_at > coalesce(
        (SELECT max(captured_at) FROM captures WHERE captured_at < $since) - to_hours($rule_long_horizon_hours),
        $since - to_hours($rule_long_horizon_hours)
    )
),

made AS (
    SELECT
        open_ones.*,
        stays.began_at,
        coalesce(captures.captured_at, TIMESTAMP '9999-01-01') AS settled_at
    FROM open_ones
    ASOF LEFT JOIN captures ON captures.captured_at >= open_ones.made_at + to_hours($rule_long_horizon_hours)
    ASOF LEFT JOIN core.stays AS stays
        ON
            stays.board = open_ones.board
            AND stays.item_id = open_ones.item_id
            AND stays.began_at <= open_ones.made_at
),

-- From each capture of a list to its next one nobody looked.
gaps AS (
    SELECT
        list_board AS board,
        captured_at AS gap_from,
        coalesce(lead(captured_at) OVER lists, TIMESTAMP '9999-01-01') AS gap_until
    FROM core.servings
    WHERE captured_at >= (SELECT min(made_at) - to_hours(2 * $rule_long_horizon_hours) FROM open_ones)
    WINDOW lists AS (PARTITION BY list_board ORDER BY captured_at)
),

unseen AS (
    SELECT
        instants.board,
        instants.made_at,
        max(least(gaps.gap_until, instants.made_at + to_hours($rule_short_horizon_hours)) - greatest(gaps.gap_from, instants.made_at))
            FILTER (gaps.gap_from < instants.made_at + to_hours($rule_short_horizon_hours)) AS longest_1h,
        max(least(gaps.gap_until, instants.made_at + to_hours($rule_call_horizon_hours)) - greatest(gaps.gap_from, instants.made_at))
            FILTER (gaps.gap_from < instants.made_at + to_hours($rule_call_horizon_hours)) AS longest_3h,
        max(least(gaps.gap_until, instants.made_at + to_hours($rule_long_horizon_hours)) - greatest(gaps.gap_from, instants.made_at))
            AS longest_6h
    FROM (SELECT DISTINCT board, made_at FROM made) AS instants
    INNER JOIN gaps ON
        gaps.board = instants.board
        AND gaps.gap_from < instants.made_at + to_hours($rule_long_horizon_hours)
        AND gaps.gap_until > instants.made_at
    GROUP BY ALL
),

seen AS (
    SELECT
        made.*,
        unseen.longest_1h,
        unseen.longest_3h,
        unseen.longest_6h,
        (SELECT max(captured_at) FROM captures) AS newest_at,
        if(
            tops.top_at > made.made_at AND tops.top_at <= made.made_at + to_hours($rule_long_horizon_hours) AND NOT made.was_there,
            tops.top_at,
            NULL
        ) AS top_at
    FROM made
    LEFT JOIN unseen USING (board, made_at)
    LEFT JOIN core.stay_tops AS tops USING (board, item_id, began_at)
)

SELECT
    topic_id,
    board,
    made_at,
    is_replayed,
    item_id,
    began_at,
    settled_at,
    top_at,
    CASE
        WHEN was_there THEN NULL
        WHEN top_at <= made_at + to_hours($rule_short_horizon_hours) THEN TRUE
        WHEN
            newest_at >= made_at + to_hours($rule_short_horizon_hours)
            AND longest_1h <= to_minutes($rule_short_horizon_hours * $rule_unseen_minutes_per_hour)
            THEN FALSE
    END AS has_reached_1h,
    CASE
        WHEN was_there THEN NULL
        WHEN top_at <= made_at + to_hours($rule_call_horizon_hours) THEN TRUE
        WHEN
            newest_at >= made_at + to_hours($rule_call_horizon_hours)
            AND longest_3h <= to_minutes($rule_call_horizon_hours * $rule_unseen_minutes_per_hour)
            THEN FALSE
    END AS has_reached_3h,
    CASE
        WHEN was_there THEN NULL
        WHEN top_at <= made_at + to_hours($rule_long_horizon_hours) THEN TRUE
        WHEN
            newest_at >= made_at + to_hours($rule_long_horizon_hours)
            AND longest_6h <= to_minutes($rule_long_horizon_hours * $rule_unseen_minutes_per_hour)
            THEN FALSE
    END AS has_reached_6h
FROM seen
ORDER BY made_at, is_replayed, topic_id, board
