-- Raw facts as printed, and the bookkeeping of loads, builds and models: the shape of 0.1, with which numbering begins.
CREATE SCHEMA raw;
CREATE SCHEMA core;
CREATE SCHEMA mart;

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
COMMENT ON TABLE ops.loads IS 'One load of landed files or of one archive. rows_in = rows_kept + rows_rejected + rows_known. Grain: load_id.';
COMMENT ON COLUMN ops.loads.load_id IS 'number of the load, from 1';
COMMENT ON COLUMN ops.loads.origin IS 'landing, or the name of the archive';
COMMENT ON COLUMN ops.loads.loaded_at IS 'when it was loaded, UTC';
COMMENT ON COLUMN ops.loads.rows_in IS 'rows that came in';
COMMENT ON COLUMN ops.loads.rows_kept IS 'rows that became entries';
COMMENT ON COLUMN ops.loads.rows_rejected IS 'rows that could not, kept in raw.rejects';
COMMENT ON COLUMN ops.loads.rows_known IS 'rows of snapshots that an earlier load had already brought';
COMMENT ON COLUMN ops.loads.snapshot_count IS 'snapshots that it brought';
COMMENT ON COLUMN ops.loads.earliest_captured_at IS 'the first of their captures, UTC';
COMMENT ON COLUMN ops.loads.latest_captured_at IS 'the last of their captures, UTC';

CREATE TABLE ops.landing_days (
    board VARCHAR NOT NULL,
    captured_day VARCHAR NOT NULL,
    modified_ns BIGINT NOT NULL,
    PRIMARY KEY (board, captured_day)
);
COMMENT ON TABLE ops.landing_days IS 'Landing folders that were read whole: an unchanged folder is not read again. Grain: board, captured_day.';
COMMENT ON COLUMN ops.landing_days.board IS 'the board';
COMMENT ON COLUMN ops.landing_days.captured_day IS 'the name of the folder: the day of its captures, UTC';
COMMENT ON COLUMN ops.landing_days.modified_ns IS 'time of the folder''s last change, nanoseconds since 1970; 0 when it was read too soon after one';

CREATE TABLE ops.boards (
    board VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    cadence_minutes INTEGER NOT NULL,
    heat_unit VARCHAR,
    list_board VARCHAR,
    place INTEGER
);
COMMENT ON TABLE ops.boards IS 'What the catalogue says of each board, written by each build. Grain: board.';
COMMENT ON COLUMN ops.boards.board IS 'the board';
COMMENT ON COLUMN ops.boards.source IS 'the source';
COMMENT ON COLUMN ops.boards.name_zh IS 'its name in Chinese';
COMMENT ON COLUMN ops.boards.name_en IS 'its name in English';
COMMENT ON COLUMN ops.boards.cadence_minutes IS 'minutes between two fetches that are wanted';
COMMENT ON COLUMN ops.boards.heat_unit IS 'what its heat counts; empty when it prints none';
COMMENT ON COLUMN ops.boards.list_board IS 'the board that its list is named by: itself, or the one that it stands in for';
COMMENT ON COLUMN ops.boards.place IS 'its turn among the boards of its list, from 0';

CREATE TABLE ops.tables (
    table_name VARCHAR PRIMARY KEY,
    version VARCHAR NOT NULL,
    built_load_id BIGINT NOT NULL
);
COMMENT ON TABLE ops.tables IS 'How far each table of core and mart is built. Grain: table_name.';
COMMENT ON COLUMN ops.tables.table_name IS 'the table, layer.name';
COMMENT ON COLUMN ops.tables.version IS 'hash of the rule that it was built by';
COMMENT ON COLUMN ops.tables.built_load_id IS 'the newest load that is in it; 0 for a view';

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

CREATE TABLE ops.listed_words (
    word VARCHAR NOT NULL
);
COMMENT ON TABLE ops.listed_words IS 'Words of words.txt in the home folder, each cut whole; written by each load. Grain: word.';
COMMENT ON COLUMN ops.listed_words.word IS 'the word as written';

CREATE TABLE ops.models (
    model_id VARCHAR PRIMARY KEY,
    trained_at TIMESTAMP NOT NULL,
    known_until TIMESTAMP NOT NULL,
    known_since TIMESTAMP NOT NULL,
    boards VARCHAR[] NOT NULL,
    line_count BIGINT NOT NULL,
    judged_since TIMESTAMP NOT NULL,
    judged_line_count BIGINT NOT NULL,
    judged_top_count BIGINT NOT NULL,
    champion_id VARCHAR NOT NULL,
    is_accepted BOOLEAN NOT NULL,
    sentence_zh VARCHAR NOT NULL,
    sentence_en VARCHAR NOT NULL,
    model BLOB
);
COMMENT ON TABLE ops.models IS 'Each model learnt from this warehouse, and whether it was taken into use. Grain: model_id.';
COMMENT ON COLUMN ops.models.model_id IS 'hash of the model; of a refused one, of what was tried';
COMMENT ON COLUMN ops.models.trained_at IS 'when it was learnt, UTC';
COMMENT ON COLUMN ops.models.known_until IS 'the newest capture that it knows, UTC: it forecasts nothing before';
COMMENT ON COLUMN ops.models.known_since IS 'the oldest capture that it knows, UTC';
COMMENT ON COLUMN ops.models.boards IS 'the lists that it learnt from';
COMMENT ON COLUMN ops.models.line_count IS 'ranked lines that it learnt from';
COMMENT ON COLUMN ops.models.judged_since IS 'from here on to known_until it was judged, by trees that had not seen those days, UTC';
COMMENT ON COLUMN ops.models.judged_line_count IS 'lines that it was judged by';
COMMENT ON COLUMN ops.models.judged_top_count IS 'stays among them that came to the top ten within three hours';
COMMENT ON COLUMN ops.models.champion_id IS 'the model in use then; starting for the one that ships with the project';
COMMENT ON COLUMN ops.models.is_accepted IS 'whether it was taken into use';
COMMENT ON COLUMN ops.models.sentence_zh IS 'why, in Chinese';
COMMENT ON COLUMN ops.models.sentence_en IS 'why, in English';
COMMENT ON COLUMN ops.models.model IS 'the model as pipelines/learning.py writes it; null where it was refused';

CREATE TABLE ops.model_figures (
    model_id VARCHAR NOT NULL,
    forecaster VARCHAR NOT NULL,
    auc DOUBLE NOT NULL,
    average_precision DOUBLE NOT NULL,
    calibration_error DOUBLE,
    PRIMARY KEY (model_id, forecaster)
);
COMMENT ON TABLE ops.model_figures IS 'How each forecaster did on the days a model was judged by. Grain: model_id, forecaster.';
COMMENT ON COLUMN ops.model_figures.model_id IS 'the model that was judged';
COMMENT ON COLUMN ops.model_figures.forecaster IS 'challenger (the model), champion (the one in use then), or a simple baseline: rank, rank_gain, heat_growth';
COMMENT ON COLUMN ops.model_figures.auc IS 'chance that what came to the top ten was put above what did not; the mean over lists, by what came';
COMMENT ON COLUMN ops.model_figures.average_precision IS 'mean precision over all thresholds; the mean over lists, by what came';
COMMENT ON COLUMN ops.model_figures.calibration_error IS 'mean gap between chance and share that came, in fifteen bins; null for a baseline';

CREATE TABLE ops.word_memories (
    known_until TIMESTAMP NOT NULL,
    version VARCHAR NOT NULL,
    state BLOB NOT NULL
);
COMMENT ON TABLE ops.word_memories IS 'What was remembered of titles'' words at an hour; builds go on from the newest before. Grain: known_until.';
COMMENT ON COLUMN ops.word_memories.known_until IS 'outcomes known by this instant, UTC, are in it';
COMMENT ON COLUMN ops.word_memories.version IS 'hash of the rule that taught it';
COMMENT ON COLUMN ops.word_memories.state IS 'the memory, compressed';

CREATE TABLE ops.spread_models (
    known_until TIMESTAMP NOT NULL,
    line_count BIGINT NOT NULL,
    topic_count BIGINT NOT NULL,
    auc DOUBLE,
    average_precision DOUBLE,
    log_loss DOUBLE,
    base_auc DOUBLE,
    base_average_precision DOUBLE,
    base_log_loss DOUBLE,
    model BLOB
);
COMMENT ON TABLE ops.spread_models IS 'What each week taught of topics that come to three lists, beside the base rate. Grain: known_until.';
COMMENT ON COLUMN ops.spread_models.known_until IS 'a Monday, UTC: nothing later is known by it, and it speaks from then on';
COMMENT ON COLUMN ops.spread_models.line_count IS 'topics on one list or two, at instants of the weeks before, that it learnt from';
COMMENT ON COLUMN ops.spread_models.topic_count IS 'different topics among them that came to three lists within six hours';
COMMENT ON COLUMN ops.spread_models.auc IS 'on the newest fifth of the days, unseen by the judged trees: chance that what spread was put above what did not';
COMMENT ON COLUMN ops.spread_models.average_precision IS 'mean precision there over all thresholds';
COMMENT ON COLUMN ops.spread_models.log_loss IS 'mean of minus the logarithm of the chance given to what came about';
COMMENT ON COLUMN ops.spread_models.base_auc IS 'the first, of the base rate by lists, age and time of day';
COMMENT ON COLUMN ops.spread_models.base_average_precision IS 'the second of that';
COMMENT ON COLUMN ops.spread_models.base_log_loss IS 'the third of that';
COMMENT ON COLUMN ops.spread_models.model IS 'what was learnt, as pipelines/spread.py writes it; null where the base rate was no worse, or too little came';
