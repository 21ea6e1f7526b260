-- The chance that what is forecast is still on its list after a while, and each chance as the model gave it, before
-- it was held against what came of earlier forecasts; by what that was moved is a ledger of its own.
ALTER TABLE ops.forecasts ADD COLUMN stay_chance_30m DOUBLE;
ALTER TABLE ops.forecasts ADD COLUMN stay_chance_1h DOUBLE;
ALTER TABLE ops.forecasts ADD COLUMN stay_chance_3h DOUBLE;
ALTER TABLE ops.forecasts ADD COLUMN stay_chance_6h DOUBLE;
ALTER TABLE ops.forecasts ADD COLUMN raw_chances DOUBLE[];
ALTER TABLE ops.forecasts ADD COLUMN raw_stay_chances DOUBLE[];
COMMENT ON COLUMN ops.forecasts.stay_chance_30m IS 'chance, 0 to 1, that its stay there is seen to last 30 minutes or longer; null where the model tells none';
COMMENT ON COLUMN ops.forecasts.stay_chance_1h IS 'the same of an hour';
COMMENT ON COLUMN ops.forecasts.stay_chance_3h IS 'the same of three hours';
COMMENT ON COLUMN ops.forecasts.stay_chance_6h IS 'the same of six hours';
COMMENT ON COLUMN ops.forecasts.raw_chances IS 'chance_1h, chance_3h and chance_6h as the model gave them, before they were recalibrated';
COMMENT ON COLUMN ops.forecasts.raw_stay_chances IS 'the chances of staying as the model gave them, one for each of the minutes of the rule STAY_MINUTES';
COMMENT ON COLUMN ops.forecasts.minutes_left_low IS 'the low end of an interval that holds 80 of 100: the 10th hundredth, or a higher one where that is nought';
COMMENT ON COLUMN ops.forecasts.minutes_left_high IS 'its high end, 80 hundredths above';
-- Not by ADD COLUMN lists.element.…: DuckDB logs that so that it cannot be read again, and a warehouse that was
-- killed before its next checkpoint could never be opened.
ALTER TABLE ops.forecasts ALTER COLUMN lists SET DATA TYPE STRUCT(
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
    is_honest BOOLEAN,
    stay_chance_30m DOUBLE,
    stay_chance_1h DOUBLE,
    stay_chance_3h DOUBLE,
    stay_chance_6h DOUBLE,
    raw_chances DOUBLE[],
    raw_stay_chances DOUBLE[]
)[];

CREATE TABLE ops.calibrations (
    known_until TIMESTAMP NOT NULL,
    is_replayed BOOLEAN NOT NULL,
    rule_version VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    horizon_minutes INTEGER NOT NULL,
    board VARCHAR,
    slope DOUBLE NOT NULL,
    shift DOUBLE NOT NULL,
    outcome_weight DOUBLE NOT NULL
);
COMMENT ON TABLE ops.calibrations IS 'How chances were moved on a day. Grain: known_until, is_replayed, rule_version, outcome, horizon_minutes, board.';
COMMENT ON COLUMN ops.calibrations.known_until IS 'outcomes known by this instant, UTC, are in it; it holds for a day from then on';
COMMENT ON COLUMN ops.calibrations.is_replayed IS 'made for what fengkou replay told';
COMMENT ON COLUMN ops.calibrations.rule_version IS 'the version of the rule of the forecasts that it was made for';
COMMENT ON COLUMN ops.calibrations.outcome IS 'top: came to the top ten within the horizon; stay: its stay lasted so long';
COMMENT ON COLUMN ops.calibrations.horizon_minutes IS 'minutes of the horizon';
COMMENT ON COLUMN ops.calibrations.board IS 'the list that it is for; null for all lists that have too little of their own';
COMMENT ON COLUMN ops.calibrations.slope IS 'the log odds of a raw chance are taken so many times';
COMMENT ON COLUMN ops.calibrations.shift IS 'and so much is added';
COMMENT ON COLUMN ops.calibrations.outcome_weight IS 'outcomes that it rests on: an old one counts for less, and so do many of one stay';
