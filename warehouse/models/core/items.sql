-- The thing an entry points at, the same across snapshots and boards of one source.
-- grain: item_id
-- code_version: 1
-- since: first_seen_at
-- column item_id: the item
-- column source: the source
-- column identity_kind: native, url or title: what its identity is taken from
-- column identity: its identity within the source
-- column first_seen_at: when it was first seen on any board, UTC
-- column first_board: the board where that was
-- column first_title_id: the title it then bore
WITH firsts AS (
    SELECT
        item_id,
        min(captured_at) AS first_seen_at,
        arg_min(board, (captured_at, board, position)) AS first_board,
        arg_min(title_id, (captured_at, board, position)) AS first_title_id
    FROM core.entries
    WHERE captured_at >= $since
    GROUP BY item_id
),

-- An item seen before $since is not new, whatever it does after; its row was not deleted.
earlier AS (SELECT DISTINCT item_id FROM core.item_hours WHERE window_start < $since)

SELECT
    firsts.item_id,
    any_value(refs.source) AS source,
    any_value(refs.identity_kind) AS identity_kind,
    any_value(refs.identity) AS identity,
    any_value(firsts.first_seen_at) AS first_seen_at,
    any_value(firsts.first_board) AS first_board,
    any_value(firsts.first_title_id) AS first_title_id
FROM firsts
ANTI JOIN earlier USING (item_id)
INNER JOIN core.item_references AS refs USING (item_id)
GROUP BY firsts.item_id
ORDER BY first_seen_at, firsts.item_id
