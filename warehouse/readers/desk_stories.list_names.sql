-- What lists are called.
SELECT board, name_zh, name_en FROM ops.boards ORDER BY board
