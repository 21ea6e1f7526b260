-- The newest rank of a topic on each list, a point each $step_minutes minutes that the list was read in; null where it
-- did not hold the topic. A list goes by the name of its first board, whichever served it.
WITH members AS (SELECT item_id FROM core.topic_members WHERE topic_id = $topic_id AND until_at IS NULL),

lines AS (
    SELECT entries.board, entries.captured_at, min(entries.rank) AS rank
    FROM core.entries AS entries
    SEMI JOIN members USING (item_id)
    WHERE entries.kind = 'ranked' AND entries.captured_at >= $since AND entries.captured_at <= $until
    GROUP BY ALL
),

ranks AS (
    SELECT
        servings.list_board AS board,
        time_bucket(to_minutes($step_minutes), servings.captured_at) AS step_at,
        max(lines.captured_at) AS seen_at,
        arg_max(lines.rank, (lines.captured_at, -lines.rank)) AS rank
    FROM lines
    INNER JOIN core.servings AS servings ON servings.board = lines.board AND servings.captured_at = lines.captured_at
    GROUP BY ALL
),

firsts AS (SELECT board, min(step_at) AS first_at FROM ranks GROUP BY board),

steps AS (
    SELECT DISTINCT firsts.board, time_bucket(to_minutes($step_minutes), servings.captured_at) AS step_at
    FROM core.servings AS servings
    INNER JOIN firsts ON firsts.board = servings.list_board
    WHERE servings.captured_at >= firsts.first_at AND servings.captured_at <= $until
)

SELECT
    steps.board,
    coalesce(ranks.seen_at, steps.step_at) AS read_at,
    ranks.rank
FROM steps
LEFT JOIN ranks USING (board, step_at)
ORDER BY steps.board, read_at
