-- The ranks of some topics over 24 hours before $at, a point a quarter of an hour; null when the list
-- was captured and did not hold it. A list goes by the name of its first board, whichever served it.
WITH topics AS (SELECT unnest($topic_ids::BIGINT[]) AS topic_id),

asked AS (SELECT item_id FROM core.topic_items SEMI JOIN topics USING (topic_id)),  -- noqa: ST03

members AS (FROM $query_members_at AS found SEMI JOIN topics USING (topic_id)),

servings AS (
    SELECT
        *,
        time_bucket(INTERVAL 15 MINUTE, captured_at) AS quarter
    FROM core.servings
    WHERE captured_at <= $at AND captured_at > $at - INTERVAL 24 HOUR
),

quarters AS (SELECT DISTINCT list_board AS board, quarter FROM servings),

ranks AS (
    SELECT
        members.topic_id,
        servings.list_board AS board,
        servings.quarter,
        max(entries.captured_at) AS seen_at,
        arg_max(entries.rank, (entries.captured_at, -entries.rank)) AS rank
    FROM core.entries AS entries
    INNER JOIN servings ON servings.board = entries.board AND servings.captured_at = entries.captured_at
    INNER JOIN members USING (item_id)
    WHERE
        entries.kind = 'ranked'
        AND entries.captured_at <= $at AND entries.captured_at > $at - INTERVAL 24 HOUR
    GROUP BY ALL
),

firsts AS (SELECT topic_id, board, min(quarter) AS first_quarter FROM ranks GROUP BY ALL)

SELECT
    firsts.topic_id,
    firsts.board,
    coalesce(ranks.seen_at, quarters.quarter) AS at_instant,
    ranks.rank
FROM firsts
INNER JOIN quarters ON quarters.board = firsts.board AND quarters.quarter >= firsts.first_quarter
LEFT JOIN ranks
    ON ranks.topic_id = firsts.topic_id AND ranks.board = firsts.board AND ranks.quarter = quarters.quarter
ORDER BY firsts.topic_id, firsts.board, at_instant
