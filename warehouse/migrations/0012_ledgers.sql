-- Ledgers: what was forecast, judged and taken into use is appended with the version of the rule, and stays.
CREATE TABLE ops.forecasts (
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
    causes STRUCT(cause VARCHAR, figures MAP (VARCHAR, DOUBLE))[] NOT NULL,
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
    )[] NOT NULL,
    rule_version VARCHAR NOT NULL,
    is_replayed BOOLEAN NOT NULL,
    said_zh VARCHAR,
    said_en VARCHAR
);
COMMENT ON COLUMN ops.forecasts.topic_id IS 'the topic';
COMMENT ON COLUMN ops.forecasts.made_at IS 'the instant of the forecast, UTC; nothing later was known';
COMMENT ON COLUMN ops.forecasts.board IS 'the list that the chances are about: where they are best; the list where it ranks best when none is left to reach';
COMMENT ON COLUMN ops.forecasts.item_id IS 'its item there';
COMMENT ON COLUMN ops.forecasts.rank IS 'its rank there';
COMMENT ON COLUMN ops.forecasts.chance_1h IS 'chance, 0 to 1, that it comes to the top ten there within an hour; null where it was there already';
COMMENT ON COLUMN ops.forecasts.chance_3h IS 'the same within three hours';
COMMENT ON COLUMN ops.forecasts.chance_6h IS 'the same within six hours';
COMMENT ON COLUMN ops.forecasts.chance_spread_6h IS 'chance that it is seen on three or more lists within six hours, those of now too; null on three already';
COMMENT ON COLUMN ops.forecasts.peak_rank IS 'expected best rank of its stay there, median';
COMMENT ON COLUMN ops.forecasts.peak_rank_low IS 'the 10th hundredth of that: nearer the top';
COMMENT ON COLUMN ops.forecasts.peak_rank_high IS 'the 90th hundredth of that';
COMMENT ON COLUMN ops.forecasts.peak_heat_share IS 'share, 0 to 1, of the list''s stays of eight days that peaked at less heat; null without heat';
COMMENT ON COLUMN ops.forecasts.minutes_left IS 'minutes that it is expected to stay there yet, median';
COMMENT ON COLUMN ops.forecasts.minutes_left_low IS 'the 10th hundredth of that';
COMMENT ON COLUMN ops.forecasts.minutes_left_high IS 'the 90th hundredth of that';
COMMENT ON COLUMN ops.forecasts.stage IS 'budding, rising, bursting, peak or fading, from what is expected of it';
COMMENT ON COLUMN ops.forecasts.causes IS 'why: what weighed most in the forecast, the strongest first, each with the figures that it is told with';
COMMENT ON COLUMN ops.forecasts.rank_gain IS 'places gained there lately, null when there is nothing to compare with';
COMMENT ON COLUMN ops.forecasts.over_minutes IS 'minutes in which it gained them';
COMMENT ON COLUMN ops.forecasts.board_count IS 'lists on which it stands';
COMMENT ON COLUMN ops.forecasts.is_rising IS 'its stage is rising or bursting, and it has not been in the top ten there';
COMMENT ON COLUMN ops.forecasts.model IS 'what made it: a model of ops.models, starting (the shipped one), or plain (rank alone: a list without a past)';
COMMENT ON COLUMN ops.forecasts.is_honest IS 'whether the model knew nothing later than the instant either';
COMMENT ON COLUMN ops.forecasts.lists IS 'what was expected of it on each of its lists; mart.board_forecasts has a line for each';
COMMENT ON COLUMN ops.forecasts.rule_version IS 'the version of the rule that made it';
COMMENT ON COLUMN ops.forecasts.is_replayed IS 'made later than its instant, by fengkou replay: never said in its time';
COMMENT ON COLUMN ops.forecasts.said_zh IS 'why, in Chinese, as version 0.1 said it; null since: pages tell the causes';
COMMENT ON COLUMN ops.forecasts.said_en IS 'the same in English';

CREATE TABLE ops.forecast_runs (
    made_at TIMESTAMP NOT NULL,
    is_replayed BOOLEAN NOT NULL,
    rule_version VARCHAR NOT NULL,
    said_at TIMESTAMP NOT NULL,
    forecast_count BIGINT NOT NULL
);
COMMENT ON TABLE ops.forecast_runs IS 'Each instant at which forecasts were made, also where none came of it. Grain: made_at, is_replayed, rule_version.';
COMMENT ON COLUMN ops.forecast_runs.made_at IS 'the instant that they speak of, UTC';
COMMENT ON COLUMN ops.forecast_runs.is_replayed IS 'made later than its instant, by fengkou replay';
COMMENT ON COLUMN ops.forecast_runs.rule_version IS 'the version of the rule that made them';
COMMENT ON COLUMN ops.forecast_runs.said_at IS 'when they were written, UTC';
COMMENT ON COLUMN ops.forecast_runs.forecast_count IS 'topics that were forecast';

ALTER TABLE ops.verdicts RENAME COLUMN sentence_zh TO said_zh;
ALTER TABLE ops.verdicts RENAME COLUMN sentence_en TO said_en;
ALTER TABLE ops.verdicts ALTER COLUMN said_zh DROP NOT NULL;
ALTER TABLE ops.verdicts ALTER COLUMN said_en DROP NOT NULL;
ALTER TABLE ops.verdicts ADD COLUMN breaches STRUCT(claim VARCHAR, verdict VARCHAR, figures MAP (VARCHAR, DOUBLE))[];
ALTER TABLE ops.verdicts ADD COLUMN other_board VARCHAR;
ALTER TABLE ops.verdicts ADD COLUMN ranked_count BIGINT;
ALTER TABLE ops.verdicts ADD COLUMN rule_version VARCHAR DEFAULT '0.1';
COMMENT ON COLUMN ops.verdicts.said_zh IS 'what is wrong, in Chinese, as version 0.1 said it; null since: pages tell the breaches';
COMMENT ON COLUMN ops.verdicts.said_en IS 'the same in English';
COMMENT ON COLUMN ops.verdicts.breaches IS 'each of its claims with a verdict of its own and the figures that it is told with';
COMMENT ON COLUMN ops.verdicts.other_board IS 'the board of another source that has most of its titles; null without any';
COMMENT ON COLUMN ops.verdicts.ranked_count IS 'its ranked entries';
COMMENT ON COLUMN ops.verdicts.rule_version IS 'the version of the rule that judged, and of the catalogue''s facts';

ALTER TABLE ops.models RENAME COLUMN sentence_zh TO said_zh;
ALTER TABLE ops.models RENAME COLUMN sentence_en TO said_en;
ALTER TABLE ops.models ALTER COLUMN said_zh DROP NOT NULL;
ALTER TABLE ops.models ALTER COLUMN said_en DROP NOT NULL;
ALTER TABLE ops.models ADD COLUMN decision VARCHAR;
ALTER TABLE ops.models ADD COLUMN decision_figures MAP (VARCHAR, DOUBLE);
COMMENT ON COLUMN ops.models.said_zh IS 'why, in Chinese, as version 0.1 said it; null since: pages tell the decision';
COMMENT ON COLUMN ops.models.said_en IS 'the same in English';
COMMENT ON COLUMN ops.models.decision IS 'why it was taken into use or not, a short code';
COMMENT ON COLUMN ops.models.decision_figures IS 'the figures that the decision is told with';

ALTER TABLE ops.spread_models ADD COLUMN rule_version VARCHAR DEFAULT '0.1';
COMMENT ON COLUMN ops.spread_models.rule_version IS 'the version of the rule that learnt it';

ALTER TABLE ops.boards ADD COLUMN expected_low INTEGER;
ALTER TABLE ops.boards ADD COLUMN expected_high INTEGER;
COMMENT ON COLUMN ops.boards.expected_low IS 'ranked entries that it has at least, by the catalogue; null where that is not known';
COMMENT ON COLUMN ops.boards.expected_high IS 'ranked entries that it has at most';
