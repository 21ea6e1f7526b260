-- Entries that the door would refuse today leave raw; why each left stands among the rejects.
DELETE FROM raw.entries AS entries
USING refused_rows AS refused
WHERE
    entries.board = refused.board
    AND entries.captured_at = refused.captured_at
    AND entries.position = refused.position
    AND entries.load_id = refused.load_id
