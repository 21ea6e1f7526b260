-- Each item that stands on a present list at $at, with its topic, and when the topic was first seen.
WITH latest AS (
    SELECT list_board, max(captured_at) AS captured_at, arg_max(board, captured_at) AS board
    FROM core.servings
    WHERE captured_at <= $at AND captured_at > $at - to_hours($rule_present_hours)
    GROUP BY list_board
),

standing AS (
    SELECT DISTINCT latest.list_board AS board, entries.item_id
    FROM core.entries AS entries
    INNER JOIN latest USING (board, captured_at)
    WHERE entries.captured_at > $at - to_hours($rule_present_hours) AND entries.rank IS NOT NULL
),

members AS (
    SELECT item_id, topic_id
    FROM core.topic_members
    WHERE from_at <= $at AND (until_at IS NULL OR until_at > $at)
),

begun AS (SELECT topic_id, min(joined_at) AS began_at FROM core.topic_items GROUP BY topic_id)

SELECT
    standing.board,
    standing.item_id,
    members.topic_id,
    epoch($at::TIMESTAMP - begun.began_at) / 60 AS age_minutes
FROM standing
INNER JOIN members USING (item_id)
INNER JOIN begun USING (topic_id)
ORDER BY standing.board, standing.item_id
