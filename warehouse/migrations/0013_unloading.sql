-- A load can be taken out again: it stays in the ledger as taken out, and what it had landed is not loaded anew.
ALTER TABLE ops.loads ADD COLUMN unloaded_at TIMESTAMP;
COMMENT ON COLUMN ops.loads.unloaded_at IS 'when its rows were taken out again, UTC; null while they are in';

CREATE TABLE ops.unloaded_captures (
    board VARCHAR NOT NULL,
    captured_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE ops.unloaded_captures IS 'Landed captures that were taken out by hand: no load brings them again. Grain: board, captured_at.';
COMMENT ON COLUMN ops.unloaded_captures.board IS 'the board';
COMMENT ON COLUMN ops.unloaded_captures.captured_at IS 'when it was captured, UTC';
