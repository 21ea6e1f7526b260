-- Which list each board shows: several boards of a source may show the same one.
ALTER TABLE ops.boards ADD COLUMN list_board VARCHAR;
ALTER TABLE ops.boards ADD COLUMN place INTEGER;
COMMENT ON COLUMN ops.boards.list_board IS 'the board that its list is named by: itself, or the one that it stands in for';
COMMENT ON COLUMN ops.boards.place IS 'its turn among the boards of its list, from 0';
