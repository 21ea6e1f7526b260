-- Whether a topic was seen on three or more lists by six hours after a forecast, those of its instant among them:
-- null while the hours are not over, and where no list at all was seen for more than four of them.
-- grain: topic_id, made_at, is_replayed
-- code_version: 1
-- since: settled_at
-- column topic_id: the topic
-- column made_at: the instant of the forecast, UTC
-- column is_replayed: made later than its instant, by fengkou replay: never said in its time
-- column settled_at: first capture after the six hours, UTC; the year 9999 before
-- column list_count: lists on which it was seen, so far
-- column has_spread: they were three or more
WITH captures AS (
    SELECT captured_at, coalesce(lead(captured_at) OVER (ORDER BY captured_at), TIMESTAMP '9999-01-01') AS next_at
    FROM (SELECT DISTINCT captured_at FROM core.snapshots)
),

made AS (
    SELECT
        forecasts.topic_id,
        forecasts.made_at,
        forecasts.is_replayed,
        coalesce(captures.captured_at, TIMESTAMP '9999-01-01') AS settled_at
    FROM mart.forecasts AS forecasts
    ASOF LEFT JOIN captures ON captures.captured_at >= forecasts.made_at + to_hours($rule_spread_hours)
    WHERE forecasts.chance_spread_6h IS NOT NULL
        AND forecasts.made_at > coalesce(
            (SELECT max(past.captured_at) FROM captures AS past WHERE past.captured_at < $since) - to_hours($rule_spread_hours),
            $since - to_hours($rule_spread_hours)
        )
),

sights AS (
    SELECT members.topic_id, past.list_board AS board, past.first_seen_at, past.last_seen_at
    FROM core.list_hours AS past
    INNER JOIN core.topic_members AS members ON
        members.item_id = past.item_id
        AND members.from_at <= past.last_seen_at
        AND coalesce(members.until_at > past.last_seen_at, TRUE)
    WHERE past.best_rank IS NOT NULL
        AND past.window_start >= (SELECT date_trunc('hour', min(made_at)) FROM made)
),

lists_seen AS (
    SELECT made.topic_id, made.made_at, made.is_replayed, sights.board
    FROM made
    INNER JOIN sights ON
        sights.topic_id = made.topic_id
        AND sights.last_seen_at > made.made_at
        AND sights.first_seen_at <= made.made_at + to_hours($rule_spread_hours)
    UNION
    SELECT made.topic_id, made.made_at, made.is_replayed, forecasts.board
    FROM made
    INNER JOIN mart.board_forecasts AS forecasts USING (topic_id, made_at, is_replayed)
),

counted AS (
    SELECT topic_id, made_at, is_replayed, count(*)::INTEGER AS list_count
    FROM lists_seen
    GROUP BY ALL
),

unseen AS (
    SELECT
        instants.made_at,
        max(
            least(captures.next_at, instants.made_at + to_hours($rule_spread_hours))
            - greatest(captures.captured_at, instants.made_at)
        ) AS longest
    FROM (SELECT DISTINCT made_at FROM made) AS instants
    INNER JOIN captures ON
        captures.captured_at < instants.made_at + to_hours($rule_spread_hours) AND captures.next_at > instants.made_at
    GROUP BY ALL
)

SELECT
    made.topic_id,
    made.made_at,
    made.is_replayed,
    made.settled_at,
    counted.list_count,
    CASE
        WHEN counted.list_count >= $rule_spread_lists THEN TRUE
        WHEN made.settled_at < TIMESTAMP '9999-01-01' AND unseen.longest <= to_minutes($rule_spread_hours * $rule_unseen_minutes_per_hour) THEN FALSE
    END AS has_spread
FROM made
INNER JOIN counted USING (topic_id, made_at, is_replayed)
LEFT JOIN unseen USING (made_at)
ORDER BY made.made_at, made.is_replayed, made.topic_id
