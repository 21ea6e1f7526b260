-- The stories of ($since, $at]: on which lists each stood, how high, how long, and where it stands at $at, as
-- far as was known then. A line for each list of a story. A capture of a list stands until the next one, for
-- two hours at most; $boards, $bands and $worths tell what a place of a list is worth, $elsewhere of any other.
-- A story stands where it has a rank. A line that its site pinned, or was paid for, earned no place; but who
-- looks at the list sees it there, so no story is said to have left by seen_at, lists_now and unread_since, which
-- are the same for all lists of a story.
WITH asked AS (  -- noqa: ST03
    SELECT DISTINCT item_id FROM core.entries WHERE captured_at > $since AND captured_at <= $at
),

members AS (FROM $query_members_at),

worths AS (
    SELECT unnest($boards::VARCHAR[]) AS board, unnest($bands::INTEGER[]) AS band, unnest($worths::DOUBLE[]) AS worth
),

served AS (
    SELECT
        turns.list_board,
        turns.board,
        turns.captured_at,
        snapshots.ranked_count,
        least(
            epoch(
                coalesce(
                    lead(turns.captured_at) OVER (PARTITION BY turns.list_board ORDER BY turns.captured_at), $at
                ) - turns.captured_at
            ) / 3600,
            2
        ) AS hours,
        turns.captured_at > $at - to_hours($rule_present_hours)
        AND turns.captured_at = max(turns.captured_at) OVER (PARTITION BY turns.list_board) AS is_now,
        max(turns.captured_at) OVER (PARTITION BY turns.list_board) AS read_at
    FROM $query_serving_turns AS turns
    INNER JOIN core.snapshots AS snapshots
        ON snapshots.board = turns.board AND snapshots.captured_at = turns.captured_at
),

lines AS (
    SELECT
        members.topic_id,
        served.list_board AS board,
        served.captured_at,
        any_value(entries.board) AS served_by,
        any_value(served.hours) AS hours,
        any_value(served.is_now) AS is_now,
        any_value(served.read_at) AS read_at,
        any_value(served.ranked_count) AS list_length,
        min(entries.rank) AS rank,
        arg_min(entries.position, entries.rank) AS position,
        arg_min(entries.title_id, entries.rank) AS title_id
    FROM core.entries AS entries
    INNER JOIN served ON served.board = entries.board AND served.captured_at = entries.captured_at
    INNER JOIN members ON members.item_id = entries.item_id
    WHERE entries.captured_at > $since AND entries.captured_at <= $at
    GROUP BY ALL
),

shown AS (
    SELECT
        topic_id,
        max(captured_at) AS seen_at,
        count(DISTINCT board) AS lists_of_day,
        count(DISTINCT board) FILTER (is_now) AS lists_now,
        CASE WHEN NOT bool_or(is_now) THEN max(captured_at) FILTER (captured_at = read_at) END AS unread_since
    FROM lines
    GROUP BY topic_id
),

banded AS (
    SELECT *, len(list_filter($rule_reach_band_edges, LAMBDA edge: edge < rank))::INTEGER AS band
    FROM lines
    WHERE rank IS NOT NULL
),

valued AS (
    SELECT banded.*, coalesce(worths.worth, ($elsewhere::DOUBLE[])[banded.band + 1]) AS worth
    FROM banded
    LEFT JOIN worths USING (board, band)
),

stood AS (
    SELECT
        topic_id,
        board,
        min(captured_at) AS first_at,
        max(captured_at) AS last_at,
        min(rank) AS best_rank,
        arg_min(captured_at, (rank, captured_at)) AS best_at,
        max(captured_at) FILTER (
            rank <= $rule_top_rank AND rank * $rule_top_part <= greatest(list_length, $rule_top_part)
        ) AS high_at,
        sum(hours * worth) AS reach_hours,
        max(rank) FILTER (is_now) AS rank_now,
        max(list_length) FILTER (is_now) AS list_length,
        max(worth) FILTER (is_now) AS worth_now,
        arg_max(served_by, captured_at) AS served_by,
        arg_max(position, captured_at) AS position,
        arg_max(title_id, captured_at) AS title_id
    FROM valued
    GROUP BY topic_id, board
),

titles AS (SELECT DISTINCT title_id, clean_title FROM core.titles SEMI JOIN stood USING (title_id))

SELECT
    stood.* EXCLUDE (title_id),
    shown.* EXCLUDE (topic_id),
    titles.clean_title AS title
FROM stood
INNER JOIN shown USING (topic_id)
INNER JOIN titles USING (title_id)
ORDER BY stood.topic_id, stood.board
