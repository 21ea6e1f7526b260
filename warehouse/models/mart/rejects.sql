-- Lines that could not become entries, with the reason.
-- grain: board, captured_at, position, origin
-- column board: the board, as far as it could be read
-- column captured_at: the instant as printed
-- column position: place in the page or file, from 1
-- column reason: why
-- column found: what stood there
-- column origin: landing, or the archive
SELECT board, captured_at, position, reason, found, origin FROM raw.rejects
