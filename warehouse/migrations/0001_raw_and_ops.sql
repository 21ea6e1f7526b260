-- Raw facts as printed, and the bookkeeping of loads and builds.
CREATE SCHEMA raw;
CREATE SCHEMA core;
CREATE SCHEMA mart;

CREATE TABLE ops.loads (
    load_id BIGINT NOT NULL,
    origin VARCHAR NOT NULL,
    loaded_at TIMESTAMP NOT NULL,
    rows_in BIGINT NOT NULL,
    rows_kept BIGINT NOT NULL,
    rows_rejected BIGINT NOT NULL,
    rows_known BIGINT NOT NULL,
    snapshot_count BIGINT NOT NULL,
    earliest_captured_at TIMESTAMP,
    latest_captured_at TIMESTAMP
);
COMMENT ON TABLE ops.loads IS 'One load of landed files or of one archive. rows_in = rows_kept + rows_rejected + rows_known.';
COMMENT ON COLUMN ops.loads.rows_known IS 'rows of snapshots that an earlier load had already brought';

CREATE TABLE ops.landing_days (
    board VARCHAR NOT NULL,
    captured_day VARCHAR NOT NULL,
    modified_ns BIGINT NOT NULL,
    PRIMARY KEY (board, captured_day)
);
COMMENT ON TABLE ops.landing_days IS 'Landing folders that were read whole, with the time of their last change: an unchanged folder is not read again.';

CREATE TABLE ops.boards (
    board VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    cadence_minutes INTEGER NOT NULL,
    heat_unit VARCHAR
);
COMMENT ON TABLE ops.boards IS 'What the catalogue says of each board, written by each build.';

CREATE TABLE ops.tables (
    table_name VARCHAR PRIMARY KEY,
    version VARCHAR NOT NULL,
    built_load_id BIGINT NOT NULL
);
COMMENT ON TABLE ops.tables IS 'How far each table of core and mart is built: the newest load in it and the version of its rule.';

CREATE TABLE ops.forecast_instants (made_at TIMESTAMP PRIMARY KEY);
COMMENT ON TABLE ops.forecast_instants IS 'The instants at which a build made forecasts; mart.forecasts can be rebuilt from them.';

CREATE TABLE raw.snapshots (
    board VARCHAR NOT NULL,
    captured_at TIMESTAMP NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    request_url VARCHAR,
    http_status INTEGER,
    elapsed_ms INTEGER,
    body_bytes BIGINT NOT NULL,
    upstream_at TIMESTAMP,
    is_cached BOOLEAN NOT NULL,
    entry_count INTEGER NOT NULL,
    reject_count INTEGER NOT NULL,
    origin VARCHAR NOT NULL,
    load_id BIGINT NOT NULL
);
COMMENT ON TABLE raw.snapshots IS 'One capture of one board, failed ones too. Grain: board, captured_at.';
COMMENT ON COLUMN raw.snapshots.board IS 'the board, <source>_<list>';
COMMENT ON COLUMN raw.snapshots.captured_at IS 'when we received the page, UTC';
COMMENT ON COLUMN raw.snapshots.status IS 'ok or failed';
COMMENT ON COLUMN raw.snapshots.reason IS 'why it failed, a short code; empty when ok';
COMMENT ON COLUMN raw.snapshots.detail IS 'why it failed, a sentence; empty when ok';
COMMENT ON COLUMN raw.snapshots.request_url IS 'the address that was asked';
COMMENT ON COLUMN raw.snapshots.http_status IS 'the status of the answer, null when none came';
COMMENT ON COLUMN raw.snapshots.elapsed_ms IS 'milliseconds from request to body';
COMMENT ON COLUMN raw.snapshots.body_bytes IS 'size of the body as received, bytes';
COMMENT ON COLUMN raw.snapshots.upstream_at IS 'when the source says it made the list, UTC, null when it says nothing';
COMMENT ON COLUMN raw.snapshots.is_cached IS 'the source says that it served a cache';
COMMENT ON COLUMN raw.snapshots.entry_count IS 'entries kept';
COMMENT ON COLUMN raw.snapshots.reject_count IS 'lines rejected';
COMMENT ON COLUMN raw.snapshots.origin IS 'landing, or the archive it was imported from';
COMMENT ON COLUMN raw.snapshots.load_id IS 'the load that brought it';

CREATE TABLE raw.entries (
    board VARCHAR NOT NULL,
    captured_at TIMESTAMP NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    rank INTEGER,
    title VARCHAR NOT NULL,
    url VARCHAR,
    heat VARCHAR,
    native_id VARCHAR,
    label VARCHAR,
    category VARCHAR,
    excerpt VARCHAR,
    extra VARCHAR,
    load_id BIGINT NOT NULL
);
COMMENT ON TABLE raw.entries IS 'One line of a snapshot, as printed. Grain: board, captured_at, position.';
COMMENT ON COLUMN raw.entries.board IS 'the board';
COMMENT ON COLUMN raw.entries.captured_at IS 'when we received the page, UTC';
COMMENT ON COLUMN raw.entries.position IS 'place on the page from 1, all lines counted';
COMMENT ON COLUMN raw.entries.kind IS 'ranked, pinned or paid';
COMMENT ON COLUMN raw.entries.rank IS 'place among the ranked lines from 1; null for pinned and paid';
COMMENT ON COLUMN raw.entries.title IS 'the title as printed';
COMMENT ON COLUMN raw.entries.url IS 'where it links to';
COMMENT ON COLUMN raw.entries.heat IS 'the heat as printed, with its unit if one is printed';
COMMENT ON COLUMN raw.entries.native_id IS 'the own identity that the source prints';
COMMENT ON COLUMN raw.entries.label IS 'a mark beside the title, such as 新 or 热';
COMMENT ON COLUMN raw.entries.category IS 'the category that the source prints';
COMMENT ON COLUMN raw.entries.excerpt IS 'a summary that the source prints';
COMMENT ON COLUMN raw.entries.extra IS 'further printed fields, JSON';
COMMENT ON COLUMN raw.entries.load_id IS 'the load that brought it';

CREATE TABLE raw.rejects (
    board VARCHAR NOT NULL,
    captured_at VARCHAR,
    position BIGINT,
    reason VARCHAR NOT NULL,
    found VARCHAR,
    origin VARCHAR NOT NULL,
    load_id BIGINT NOT NULL
);
COMMENT ON TABLE raw.rejects IS 'Lines that could not become entries, with the reason and what was found there.';
COMMENT ON COLUMN raw.rejects.board IS 'the board, as far as it could be read';
COMMENT ON COLUMN raw.rejects.captured_at IS 'the instant as printed';
COMMENT ON COLUMN raw.rejects.position IS 'place in the page or file, from 1';
COMMENT ON COLUMN raw.rejects.reason IS 'why it was rejected';
COMMENT ON COLUMN raw.rejects.found IS 'what stood there, cut to 500 characters';
COMMENT ON COLUMN raw.rejects.origin IS 'landing, or the archive';
COMMENT ON COLUMN raw.rejects.load_id IS 'the load that met it';
