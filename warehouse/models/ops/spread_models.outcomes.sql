-- On which lists each topic was seen in the six hours after some instants: all of a topic, as it was joined then.
WITH instants AS (SELECT unnest($instants::TIMESTAMP[]) AS made_at),

span AS (SELECT min(made_at) AS since_at, max(made_at) + INTERVAL 6 HOUR AS until_at FROM instants)

SELECT
    instants.made_at,
    members.topic_id,
    list(DISTINCT coalesce(lists.list_board, past.board)) AS lists
FROM instants
INNER JOIN core.item_hours AS past ON
    past.last_seen_at > instants.made_at AND past.first_seen_at <= instants.made_at + INTERVAL 6 HOUR
INNER JOIN core.topic_members AS members ON
    members.item_id = past.item_id
    AND members.from_at <= past.last_seen_at
    AND coalesce(members.until_at > past.last_seen_at, TRUE)
LEFT JOIN ops.boards AS lists ON lists.board = past.board
WHERE past.best_rank IS NOT NULL
    AND past.window_start > (SELECT since_at - INTERVAL 1 HOUR FROM span)
    AND past.window_start <= (SELECT until_at FROM span)
GROUP BY ALL
ORDER BY ALL
