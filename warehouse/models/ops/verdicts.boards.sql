-- What the catalogue says of each board, as far as a contract is about it.
SELECT board, expected_low, expected_high, cadence_minutes, heat_unit
FROM ops.boards
