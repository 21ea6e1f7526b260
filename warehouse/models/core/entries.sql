-- One line of a snapshot, read: which item it is, what it says, how hot it is.
-- grain: board, captured_at, position
-- code_version: 1
-- since: captured_at
-- column board: the board
-- column captured_at: when we received the page, UTC
-- column position: place on the page from 1, all lines counted
-- column kind: ranked, pinned or paid
-- column rank: place among the ranked lines from 1; null for pinned and paid
-- column item_id: the item
-- column title_id: the title it bore here
-- column heat_value: the source's own number in single units; never comparable across boards
SELECT
    entries.board,
    entries.captured_at,
    entries.position,
    entries.kind,
    entries.rank,
    refs.item_id,
    refs.title_id,
    -- "nan", "inf" and 1e400 are doubles too.
    CASE
        WHEN abs(coalesce(try_cast(entries.heat AS DOUBLE), heats.heat_value)) < $rule_hottest
            THEN coalesce(try_cast(entries.heat AS DOUBLE), heats.heat_value)
    END AS heat_value
FROM raw.entries AS entries
INNER JOIN core.item_references AS refs ON
    refs.reference_id = md5_number_lower(
        concat_ws(
            chr(31),
            split_part(entries.board, '_', 1),
            coalesce(entries.native_id, ''),
            coalesce(entries.url, ''),
            entries.title
        )
    )
LEFT JOIN core.heats AS heats ON heats.heat = entries.heat
WHERE entries.captured_at >= $since
ORDER BY entries.captured_at, entries.board, entries.position
