-- Each topic that stood on one list or two at some instants, with what was known of it then. Ranks are shares of their list.
WITH instants AS (SELECT unnest($instants::TIMESTAMP[]) AS made_at),

span AS (SELECT min(made_at) AS since_at, max(made_at) AS until_at FROM instants),

served AS (
    SELECT list_board, board, captured_at
    FROM core.servings
    WHERE captured_at > (SELECT since_at - to_hours($rule_present_hours) FROM span)
        AND captured_at <= (SELECT until_at FROM span)
),

-- A list older than three hours is no present list.
latest AS (
    SELECT asked.made_at, asked.list_board, served.board, served.captured_at
    FROM (SELECT made_at, list_board FROM instants CROSS JOIN (SELECT DISTINCT list_board FROM served)) AS asked
    ASOF INNER JOIN served ON served.list_board = asked.list_board AND served.captured_at <= asked.made_at
    WHERE served.captured_at > asked.made_at - to_hours($rule_present_hours)
),

standing AS (
    SELECT
        latest.made_at,
        members.topic_id,
        latest.list_board,
        min(entries.rank) AS rank,
        min(entries.rank) / any_value(snapshots.ranked_count) AS share,
        any_value(snapshots.ranked_count) AS list_length,
        count(DISTINCT entries.item_id) AS item_count
    FROM latest
    INNER JOIN core.entries AS entries USING (board, captured_at)
    INNER JOIN core.snapshots AS snapshots USING (board, captured_at)
    INNER JOIN core.topic_members AS members ON
        members.item_id = entries.item_id
        AND members.from_at <= latest.made_at
        AND coalesce(members.until_at > latest.made_at, TRUE)
    WHERE entries.rank IS NOT NULL AND entries.captured_at > (SELECT since_at - to_hours($rule_present_hours) FROM span)
    GROUP BY ALL
),

asked AS (SELECT made_at, topic_id FROM standing GROUP BY ALL HAVING count(*) < $rule_spread_lists),

members AS (
    SELECT asked.made_at, asked.topic_id, members.item_id
    FROM asked
    INNER JOIN core.topic_members AS members ON
        members.topic_id = asked.topic_id
        AND members.from_at <= asked.made_at
        AND coalesce(members.until_at > asked.made_at, TRUE)
),

-- Hours that are over, and of the one that is not what was captured in it by then.
sights AS (
    SELECT
        members.made_at,
        members.topic_id,
        members.item_id,
        past.board,
        past.window_start,
        past.first_seen_at,
        past.last_seen_at,
        past.best_rank,
        past.last_rank
    FROM members
    INNER JOIN core.item_hours AS past ON
        past.item_id = members.item_id
        AND past.window_start < date_trunc('hour', members.made_at)
        AND past.window_start > members.made_at - INTERVAL 2 DAY
    WHERE past.best_rank IS NOT NULL AND past.window_start > (SELECT since_at - INTERVAL 2 DAY FROM span)
    UNION ALL
    SELECT
        members.made_at,
        members.topic_id,
        members.item_id,
        entries.board,
        date_trunc('hour', members.made_at) AS window_start,
        min(entries.captured_at) AS first_seen_at,
        max(entries.captured_at) AS last_seen_at,
        min(entries.rank) AS best_rank,
        arg_max(entries.rank, (entries.captured_at, -entries.rank)) AS last_rank
    FROM members
    INNER JOIN core.entries AS entries ON
        entries.item_id = members.item_id
        AND date_trunc('hour', entries.captured_at) = date_trunc('hour', members.made_at)
        AND entries.captured_at <= members.made_at
    WHERE entries.rank IS NOT NULL AND entries.captured_at >= (SELECT date_trunc('hour', since_at) FROM span)
    GROUP BY ALL
),

lists AS (
    SELECT
        sights.made_at,
        sights.topic_id,
        coalesce(lists.list_board, sights.board) AS list_board,
        min(sights.first_seen_at) AS first_seen_at,
        max(sights.last_seen_at) AS last_seen_at,
        min(sights.best_rank) AS best_rank,
        arg_max(sights.last_rank, (sights.window_start, -sights.last_rank)) FILTER (
            sights.last_seen_at <= sights.made_at - INTERVAL 1 HOUR
            AND sights.window_start > sights.made_at - INTERVAL 4 HOUR
        ) AS rank_before
    FROM sights
    LEFT JOIN ops.boards AS lists ON lists.board = sights.board
    GROUP BY ALL
),

placed AS (
    SELECT
        lists.*,
        standing.share,
        standing.item_count,
        (lists.rank_before - standing.rank) / standing.list_length AS gain,
        lists.rank_before IS NULL AND standing.rank IS NOT NULL AS is_new
    FROM lists
    LEFT JOIN standing USING (made_at, topic_id, list_board)
),

items AS (
    SELECT
        made_at,
        topic_id,
        count(*) AS item_count,
        count_if(first_seen_at > made_at - INTERVAL 3 HOUR) AS new_count
    FROM (SELECT made_at, topic_id, item_id, min(first_seen_at) AS first_seen_at FROM sights GROUP BY ALL)
    GROUP BY ALL
),

begun AS (SELECT topic_id, min(joined_at) AS began_at FROM core.topic_items GROUP BY topic_id)

SELECT
    placed.made_at,
    placed.topic_id,
    epoch(placed.made_at - any_value(begun.began_at)) / 60 AS age_minutes,
    list(placed.list_board ORDER BY placed.list_board) FILTER (placed.share IS NOT NULL) AS lists,
    count(placed.share) AS list_count,
    count_if(placed.share IS NOT NULL OR placed.last_seen_at >= placed.made_at - INTERVAL 3 HOUR) AS lists_3h,
    count_if(placed.share IS NOT NULL OR placed.last_seen_at >= placed.made_at - INTERVAL 6 HOUR) AS lists_6h,
    count_if(placed.share IS NOT NULL OR placed.last_seen_at >= placed.made_at - INTERVAL 12 HOUR) AS lists_12h,
    count(*) AS lists_2d,
    epoch(placed.made_at - max(placed.first_seen_at)) / 60 AS since_joined,
    epoch(placed.made_at - min(placed.first_seen_at) FILTER (placed.share IS NOT NULL)) / 60 AS since_first,
    epoch(placed.made_at - max(placed.last_seen_at) FILTER (placed.share IS NULL)) / 60 AS since_left,
    min(placed.share) AS best_share,
    max(placed.share) AS worst_share,
    min(placed.best_rank) FILTER (placed.share IS NOT NULL) AS best_rank,
    max(placed.gain) AS gain,
    count_if(placed.is_new) AS new_lists,
    sum(placed.item_count)::INTEGER AS items_listed,
    any_value(items.item_count) AS items_2d,
    any_value(items.new_count) AS items_3h,
    (SELECT count(*) FROM latest WHERE latest.made_at = placed.made_at) AS live_lists
FROM placed
INNER JOIN items USING (made_at, topic_id)
INNER JOIN begun USING (topic_id)
GROUP BY placed.made_at, placed.topic_id
ORDER BY placed.made_at, placed.topic_id
