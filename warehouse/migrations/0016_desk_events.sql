-- What desks were to hear of, were told, and what became of each request: landed from their ledger.
CREATE TABLE raw.desk_tellings (
    desk VARCHAR NOT NULL,
    telling VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    kind VARCHAR NOT NULL,
    topic_id BIGINT NOT NULL,
    title VARCHAR NOT NULL,
    rules VARCHAR[] NOT NULL,
    wait VARCHAR,
    list_count INTEGER NOT NULL,
    best_rank INTEGER,
    chance_3h DOUBLE,
    desk_version VARCHAR NOT NULL,
    file VARCHAR NOT NULL
);
COMMENT ON TABLE raw.desk_tellings IS 'A story that a desk was to hear of. Grain: desk, telling.';
COMMENT ON COLUMN raw.desk_tellings.desk IS 'the desk';
COMMENT ON COLUMN raw.desk_tellings.telling IS 'the telling, within its desk';
COMMENT ON COLUMN raw.desk_tellings.decided_at IS 'the instant from whose captures it was decided, UTC';
COMMENT ON COLUMN raw.desk_tellings.kind IS 'new, back, update or correction';
COMMENT ON COLUMN raw.desk_tellings.topic_id IS 'the topic, as it was named then';
COMMENT ON COLUMN raw.desk_tellings.title IS 'the title that it was told by';
COMMENT ON COLUMN raw.desk_tellings.rules IS 'the rules of the desk that took it';
COMMENT ON COLUMN raw.desk_tellings.wait IS 'what it waited for: quiet, hour, day or digest; null where it went at once';
COMMENT ON COLUMN raw.desk_tellings.list_count IS 'lists that it stood on then';
COMMENT ON COLUMN raw.desk_tellings.best_rank IS 'its best rank then; null where it stood nowhere';
COMMENT ON COLUMN raw.desk_tellings.chance_3h IS 'chance, 0 to 1, of the top ten of a list within three hours, as was said then; null where none was';
COMMENT ON COLUMN raw.desk_tellings.desk_version IS 'hash of the text of the desk that decided it';
COMMENT ON COLUMN raw.desk_tellings.file IS 'the file that brought it';

CREATE TABLE raw.desk_messages (
    desk VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    kind VARCHAR NOT NULL,
    tellings VARCHAR[] NOT NULL,
    channels VARCHAR[] NOT NULL,
    story_count INTEGER NOT NULL,
    file VARCHAR NOT NULL
);
COMMENT ON TABLE raw.desk_messages IS 'A message of a desk, for all its channels. Grain: desk, message.';
COMMENT ON COLUMN raw.desk_messages.desk IS 'the desk';
COMMENT ON COLUMN raw.desk_messages.message IS 'the message, within its desk';
COMMENT ON COLUMN raw.desk_messages.decided_at IS 'the instant from whose captures it was decided, UTC';
COMMENT ON COLUMN raw.desk_messages.kind IS 'new, back, update, correction, digest, overflow or quiet';
COMMENT ON COLUMN raw.desk_messages.tellings IS 'the tellings that it is the first message to tell';
COMMENT ON COLUMN raw.desk_messages.channels IS 'the channels that it went to, by name';
COMMENT ON COLUMN raw.desk_messages.story_count IS 'stories in it, those that it only counts too';
COMMENT ON COLUMN raw.desk_messages.file IS 'the file that brought it';

CREATE TABLE raw.desk_attempts (
    attempt BIGINT NOT NULL,
    desk VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    part INTEGER NOT NULL,
    part_count INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    is_again BOOLEAN NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    failure VARCHAR,
    code VARCHAR,
    file VARCHAR NOT NULL
);
COMMENT ON TABLE raw.desk_attempts IS 'A request to a channel, and what came of it. Grain: attempt.';
COMMENT ON COLUMN raw.desk_attempts.attempt IS 'its number in the ledger';
COMMENT ON COLUMN raw.desk_attempts.desk IS 'the desk';
COMMENT ON COLUMN raw.desk_attempts.message IS 'the message';
COMMENT ON COLUMN raw.desk_attempts.channel IS 'the channel, by the name that its desk gives it';
COMMENT ON COLUMN raw.desk_attempts.part IS 'the part of the message, from 1';
COMMENT ON COLUMN raw.desk_attempts.part_count IS 'parts of the message; 0 where it could not be put into any';
COMMENT ON COLUMN raw.desk_attempts.size_bytes IS 'bytes, as the service counts them';
COMMENT ON COLUMN raw.desk_attempts.is_again IS 'it may have arrived before and said so';
COMMENT ON COLUMN raw.desk_attempts.begun_at IS 'when it was made, UTC';
COMMENT ON COLUMN raw.desk_attempts.ended_at IS 'when it was answered, UTC; null where the process ended before';
COMMENT ON COLUMN raw.desk_attempts.failure IS 'why it was not taken; null where it was, or nobody knows';
COMMENT ON COLUMN raw.desk_attempts.code IS 'the code that the service answered with';
COMMENT ON COLUMN raw.desk_attempts.file IS 'the file that brought it';
