-- Whether each snapshot kept the contract of its board; the rule is pipelines/boards/contract.py.
CREATE TABLE ops.verdicts (
    board VARCHAR NOT NULL,
    captured_at TIMESTAMP NOT NULL,
    verdict VARCHAR NOT NULL,
    claims VARCHAR[] NOT NULL,
    sentence_zh VARCHAR NOT NULL,
    sentence_en VARCHAR NOT NULL,
    usual_snapshot_count BIGINT NOT NULL
);
COMMENT ON TABLE ops.verdicts IS 'Whether each snapshot kept the contract of its board, judged with what was known then. Grain: board, captured_at.';
COMMENT ON COLUMN ops.verdicts.board IS 'the board';
COMMENT ON COLUMN ops.verdicts.captured_at IS 'when we received the page, UTC';
COMMENT ON COLUMN ops.verdicts.verdict IS 'ok, degraded, stale (the list rests too long) or failed (no list, or another board''s)';
COMMENT ON COLUMN ops.verdicts.claims IS 'the claims that it breaks, gravest first; empty when ok';
COMMENT ON COLUMN ops.verdicts.sentence_zh IS 'what is wrong, in Chinese';
COMMENT ON COLUMN ops.verdicts.sentence_en IS 'what is wrong, in English';
COMMENT ON COLUMN ops.verdicts.usual_snapshot_count IS 'snapshots of the 28 days before that it was measured by; below 24 the catalogue facts judged';
