-- A stay of an item among the ranked lines of a list: it begins where the item was not ranked there in the
-- twelve hours before.
-- grain: board, item_id, began_at
-- code_version: 1
-- since: began_at
-- column board: the list, by the name of its first board
-- column item_id: the item
-- column began_at: when it was first seen there, UTC
-- column title_id: the title it then bore
-- column first_rank: its rank then
-- column list_length: ranked entries of the list then
WITH seen AS (
    SELECT
        servings.list_board AS board,
        entries.item_id,
        entries.captured_at,
        entries.title_id,
        entries.rank,
        snapshots.ranked_count,
        lag(entries.captured_at) OVER (
            PARTITION BY servings.list_board, entries.item_id ORDER BY entries.captured_at, entries.rank
        ) AS previous_at
    FROM core.entries AS entries
    INNER JOIN core.servings AS servings USING (board, captured_at)
    INNER JOIN core.snapshots AS snapshots USING (board, captured_at)
    WHERE entries.captured_at >= $since - to_hours($rule_stay_gap_hours) AND entries.rank IS NOT NULL
)

SELECT
    board,
    item_id,
    captured_at AS began_at,
    title_id,
    rank AS first_rank,
    ranked_count AS list_length
FROM seen
WHERE captured_at >= $since AND (previous_at IS NULL OR captured_at > previous_at + to_hours($rule_stay_gap_hours))
ORDER BY captured_at, board, item_id
