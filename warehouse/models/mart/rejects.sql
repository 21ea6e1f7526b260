-- Lines that could not become entries, with the reason.
-- grain: board, instant_printed, position, origin
-- code_version: 1
-- column board: the board, as far as it could be read
-- column instant_printed: the instant as printed, readable or not
-- column position: place in the page or file, from 1
-- column reason: why
-- column found: what stood there
-- column origin: landing, or the archive
SELECT board, captured_at AS instant_printed, position, reason, found, origin FROM raw.rejects
