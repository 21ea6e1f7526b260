-- Forecasts that were learnt, and what titles' words tell of new stays.
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
COMMENT ON TABLE mart.forecasts IS 'What was expected of each topic on a list, kept as it was made. Grain: topic_id, made_at.';
COMMENT ON COLUMN mart.forecasts.topic_id IS 'the topic';
COMMENT ON COLUMN mart.forecasts.made_at IS 'the instant of the forecast, UTC; nothing later was known';
COMMENT ON COLUMN mart.forecasts.board IS 'the list that the chances are about: where they are best; the list where it ranks best when none is left to reach';
COMMENT ON COLUMN mart.forecasts.item_id IS 'its item there';
COMMENT ON COLUMN mart.forecasts.rank IS 'its rank there';
COMMENT ON COLUMN mart.forecasts.chance_1h IS 'chance, 0 to 1, that it comes to the top ten there within an hour; null where it was there already';
COMMENT ON COLUMN mart.forecasts.chance_3h IS 'the same within three hours';
COMMENT ON COLUMN mart.forecasts.chance_6h IS 'the same within six hours';
COMMENT ON COLUMN mart.forecasts.chance_spread_6h IS 'chance that it is seen on three or more lists within six hours, those of now too; null on three already';
COMMENT ON COLUMN mart.forecasts.peak_rank IS 'expected best rank of its stay there, median';
COMMENT ON COLUMN mart.forecasts.peak_rank_low IS 'the 10th hundredth of that: nearer the top';
COMMENT ON COLUMN mart.forecasts.peak_rank_high IS 'the 90th hundredth of that';
COMMENT ON COLUMN mart.forecasts.peak_heat_share IS 'share, 0 to 1, of the list''s stays of eight days that peaked at less heat; null without heat';
COMMENT ON COLUMN mart.forecasts.minutes_left IS 'minutes that it is expected to stay there yet, median';
COMMENT ON COLUMN mart.forecasts.minutes_left_low IS 'the 10th hundredth of that';
COMMENT ON COLUMN mart.forecasts.minutes_left_high IS 'the 90th hundredth of that';
COMMENT ON COLUMN mart.forecasts.stage IS 'budding, rising, bursting, peak or fading, from what is expected of it';
COMMENT ON COLUMN mart.forecasts.reason_zh IS 'why, in Chinese: what weighed most in the forecast';
COMMENT ON COLUMN mart.forecasts.reason_en IS 'why, in English';
COMMENT ON COLUMN mart.forecasts.rank_gain IS 'places gained there lately, null when there is nothing to compare with';
COMMENT ON COLUMN mart.forecasts.over_minutes IS 'minutes in which it gained them';
COMMENT ON COLUMN mart.forecasts.board_count IS 'lists on which it stands';
COMMENT ON COLUMN mart.forecasts.is_rising IS 'its stage is rising or bursting, and it has not been in the top ten there';
COMMENT ON COLUMN mart.forecasts.model IS 'what made it: a model of ops.models, starting (the shipped one), or plain (rank alone: a list without a past)';
COMMENT ON COLUMN mart.forecasts.is_honest IS 'whether the model knew nothing later than the instant either';
COMMENT ON COLUMN mart.forecasts.lists IS 'what was expected of it on each of its lists; mart.board_forecasts has a line for each';

CREATE TABLE core.stay_words (
    board VARCHAR NOT NULL,
    item_id BIGINT NOT NULL,
    began_at TIMESTAMP NOT NULL,
    figures FLOAT[] NOT NULL,
    words INTEGER[] NOT NULL,
    signs INTEGER[] NOT NULL,
    kin STRUCT(board VARCHAR, item_id BIGINT, began_at TIMESTAMP, likeness FLOAT)[] NOT NULL
);
COMMENT ON TABLE core.stay_words IS 'What the words of a stay''s title told when it began, from outcomes known by then. Grain: board, item_id, began_at.';
COMMENT ON COLUMN core.stay_words.board IS 'the list, by the name of its first board';
COMMENT ON COLUMN core.stay_words.item_id IS 'the item';
COMMENT ON COLUMN core.stay_words.began_at IS 'when the stay began, UTC';
COMMENT ON COLUMN core.stay_words.figures IS 'what became of titles with the same words and signs, in the order of pipelines.forecast.title_memory.NAMES';
COMMENT ON COLUMN core.stay_words.words IS 'numbers of its words';
COMMENT ON COLUMN core.stay_words.signs IS 'numbers of its runs of two and three signs';
COMMENT ON COLUMN core.stay_words.kin IS 'stays of the 36 hours before whose titles are like its own, with their likeness, 0 to 1';

CREATE TABLE ops.word_memories (
    known_until TIMESTAMP NOT NULL,
    version VARCHAR NOT NULL,
    state BLOB NOT NULL
);
COMMENT ON TABLE ops.word_memories IS 'What was remembered of titles'' words at an hour; builds go on from the newest before. Grain: known_until.';
COMMENT ON COLUMN ops.word_memories.known_until IS 'outcomes known by this instant, UTC, are in it';
COMMENT ON COLUMN ops.word_memories.version IS 'hash of the rule that taught it';
COMMENT ON COLUMN ops.word_memories.state IS 'the memory, compressed';
