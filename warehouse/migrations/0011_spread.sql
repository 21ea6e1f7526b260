-- How topics spread, learnt from the warehouse's own weeks: made by a build, kept to speak until the next Monday.
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
COMMENT ON COLUMN ops.spread_models.model IS 'what was learnt, as pipelines/forecast/spread.py writes it; null where the base rate was no worse, or too little came';
