-- On which lists each topic was seen in the six hours after some instants: all of a topic, as it was joined then.
WITH instants AS (SELECT unnest($instants::TIMESTAMP[]) AS made_at),

span AS (SELECT min(made_at) AS since_at, max(made_at) + to_hours($rule_spread_hours) AS until_at FROM instants)

SELECT
    instants.made_at,
    members.topic_id,
    list(DISTINCT past.list_board) AS lists
FROM instants
INNER JOIN core.list_hours AS past ON
    past.last_seen_at > instants.made_at AND past.first_seen_at <= instants.made_at + to_hours($rule_spread_hours)
INNER JOIN core.topic_members AS members ON
    members.item_id = past.item_id
    AND members.from_at <= past.last_seen_at
    AND coalesce(members.until_at > past.last_seen_at, TRUE)
WHERE past.best_rank IS NOT NULL
    AND past.window_start > (SELECT since_at - INTERVAL 1 HOUR FROM span)
    AND past.window_start <= (SELECT until_at FROM span)
GROUP BY ALL
ORDER BY ALL
