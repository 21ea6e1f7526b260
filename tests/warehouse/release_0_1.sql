-- The shape of a warehouse of version 0.1, as its eleven migrations left it.
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

CREATE TABLE ops.landing_days (
    board VARCHAR NOT NULL,
    captured_day VARCHAR NOT NULL,
    modified_ns BIGINT NOT NULL,
    PRIMARY KEY (board, captured_day)
);

CREATE TABLE ops.boards (
    board VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    cadence_minutes INTEGER NOT NULL,
    heat_unit VARCHAR
);

CREATE TABLE ops.tables (
    table_name VARCHAR PRIMARY KEY,
    version VARCHAR NOT NULL,
    built_load_id BIGINT NOT NULL
);

CREATE TABLE ops.forecast_instants (made_at TIMESTAMP PRIMARY KEY);

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

CREATE TABLE raw.rejects (
    board VARCHAR NOT NULL,
    captured_at VARCHAR,
    position BIGINT,
    reason VARCHAR NOT NULL,
    found VARCHAR,
    origin VARCHAR NOT NULL,
    load_id BIGINT NOT NULL
);
CREATE TABLE core.titles (
    title VARCHAR NOT NULL,
    title_id BIGINT NOT NULL,
    clean_title VARCHAR NOT NULL,
    folded_title VARCHAR NOT NULL
);

CREATE TABLE core.title_tokens (
    title_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    token VARCHAR NOT NULL,
    part_of_speech VARCHAR NOT NULL,
    is_keyword BOOLEAN NOT NULL
);

CREATE TABLE core.item_references (
    reference_id UBIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    title_id BIGINT NOT NULL,
    source VARCHAR NOT NULL,
    identity_kind VARCHAR NOT NULL,
    identity VARCHAR NOT NULL
);

CREATE TABLE core.heats (
    heat VARCHAR NOT NULL,
    heat_value DOUBLE,
    heat_unit VARCHAR
);

CREATE TABLE core.topic_items (
    item_id BIGINT NOT NULL,
    topic_id BIGINT NOT NULL,
    joined_at TIMESTAMP NOT NULL,
    similarity DOUBLE NOT NULL
);

CREATE TABLE mart.forecasts (
    topic_id BIGINT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    score DOUBLE NOT NULL,
    board VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    rank_gain INTEGER,
    over_minutes INTEGER,
    usual_gain DOUBLE,
    board_count INTEGER NOT NULL,
    is_rising BOOLEAN NOT NULL
);

CREATE TABLE ops.verdicts (
    board VARCHAR NOT NULL,
    captured_at TIMESTAMP NOT NULL,
    verdict VARCHAR NOT NULL,
    claims VARCHAR[] NOT NULL,
    sentence_zh VARCHAR NOT NULL,
    sentence_en VARCHAR NOT NULL,
    usual_snapshot_count BIGINT NOT NULL
);
ALTER TABLE ops.boards ADD COLUMN list_board VARCHAR;
ALTER TABLE ops.boards ADD COLUMN place INTEGER;
CREATE TABLE core.title_sights (
    title_id BIGINT NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    first_board VARCHAR NOT NULL
);

CREATE TABLE core.word_sights (
    window_start TIMESTAMP NOT NULL,
    token VARCHAR NOT NULL,
    title_count INTEGER NOT NULL,
    marked_count INTEGER NOT NULL,
    parts VARCHAR[] NOT NULL,
    lefts VARCHAR[] NOT NULL,
    rights VARCHAR[] NOT NULL
);

CREATE TABLE core.new_words (
    token VARCHAR NOT NULL,
    found_at TIMESTAMP NOT NULL,
    part_of_speech VARCHAR NOT NULL,
    title_count INTEGER NOT NULL,
    marked_count INTEGER NOT NULL,
    cohesion DOUBLE NOT NULL,
    left_variety DOUBLE NOT NULL,
    right_variety DOUBLE NOT NULL
);

CREATE TABLE ops.listed_words (word VARCHAR NOT NULL);

DROP TABLE core.title_tokens;
DELETE FROM ops.tables WHERE table_name = 'core.title_tokens';
CREATE TABLE core.title_tokens (
    title_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    token VARCHAR NOT NULL,
    part_of_speech VARCHAR NOT NULL,
    is_keyword BOOLEAN NOT NULL,
    first_seen_at TIMESTAMP NOT NULL
);
DROP TABLE core.topic_items;
DELETE FROM ops.tables WHERE table_name = 'core.topic_items';
CREATE TABLE core.topic_items (
    item_id BIGINT NOT NULL,
    topic_id BIGINT NOT NULL,
    joined_at TIMESTAMP NOT NULL,
    chance DOUBLE NOT NULL,
    is_merge BOOLEAN NOT NULL
);
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

CREATE TABLE ops.model_figures (
    model_id VARCHAR NOT NULL,
    forecaster VARCHAR NOT NULL,
    auc DOUBLE NOT NULL,
    average_precision DOUBLE NOT NULL,
    calibration_error DOUBLE,
    PRIMARY KEY (model_id, forecaster)
);
DROP TABLE mart.forecasts;
DELETE FROM ops.tables WHERE table_name = 'mart.forecasts';
CREATE TABLE mart.forecasts (
    topic_id BIGINT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    board VARCHAR NOT NULL,
    item_id BIGINT NOT NULL,
    rank INTEGER NOT NULL,
    chance_1h DOUBLE,
    chance_3h DOUBLE,
    chance_6h DOUBLE,
    chance_spread_6h DOUBLE,
    peak_rank DOUBLE,
    peak_rank_low DOUBLE,
    peak_rank_high DOUBLE,
    peak_heat_share DOUBLE,
    minutes_left DOUBLE,
    minutes_left_low DOUBLE,
    minutes_left_high DOUBLE,
    stage VARCHAR NOT NULL,
    reason_zh VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL,
    rank_gain INTEGER,
    over_minutes INTEGER,
    board_count INTEGER NOT NULL,
    is_rising BOOLEAN NOT NULL,
    model VARCHAR NOT NULL,
    is_honest BOOLEAN NOT NULL,
    lists STRUCT(
        board VARCHAR,
        item_id BIGINT,
        rank INTEGER,
        chance_1h DOUBLE,
        chance_3h DOUBLE,
        chance_6h DOUBLE,
        peak_rank_low DOUBLE,
        peak_rank DOUBLE,
        peak_rank_high DOUBLE,
        peak_heat_share DOUBLE,
        minutes_left_low DOUBLE,
        minutes_left DOUBLE,
        minutes_left_high DOUBLE,
        model VARCHAR,
        is_honest BOOLEAN
    )[] NOT NULL
);

CREATE TABLE core.stay_words (
    board VARCHAR NOT NULL,
    item_id BIGINT NOT NULL,
    began_at TIMESTAMP NOT NULL,
    figures FLOAT[] NOT NULL,
    words INTEGER[] NOT NULL,
    signs INTEGER[] NOT NULL,
    kin STRUCT(board VARCHAR, item_id BIGINT, began_at TIMESTAMP, likeness FLOAT)[] NOT NULL
);

CREATE TABLE ops.word_memories (
    known_until TIMESTAMP NOT NULL,
    version VARCHAR NOT NULL,
    state BLOB NOT NULL
);
CREATE TABLE core.topic_cards (
    topic_id BIGINT NOT NULL,
    window_start TIMESTAMP NOT NULL,
    title_count INTEGER NOT NULL,
    label VARCHAR NOT NULL,
    keywords VARCHAR[] NOT NULL,
    people VARCHAR[] NOT NULL,
    places VARCHAR[] NOT NULL,
    bodies VARCHAR[] NOT NULL,
    other_names VARCHAR[] NOT NULL,
    category VARCHAR
);
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
