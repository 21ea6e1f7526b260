-- A line as a reject of its own; of a capture without lines its instant.
INSERT INTO raw.rejects BY NAME
SELECT board, captured_at::VARCHAR AS captured_at, position, reason, found, origin, load_id
FROM refused_rows
WHERE
    position IS NOT NULL
    OR row(board, captured_at) NOT IN (
        SELECT row(lines.board, lines.captured_at) FROM refused_rows AS lines WHERE lines.position IS NOT NULL
    )
