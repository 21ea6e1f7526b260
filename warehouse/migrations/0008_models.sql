-- What was learnt from the warehouse's own history: each model that was tried, and what it was tried against.
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
COMMENT ON COLUMN ops.models.model IS 'the model as pipelines/forecast/training.py writes it; null where it was refused';

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
