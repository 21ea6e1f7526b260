-- What people said of topics, as it was landed: raw is what everything is made again from.
CREATE TABLE raw.topic_hands (
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    said_at TIMESTAMP NOT NULL,
    said_by VARCHAR NOT NULL,
    topic_ids BIGINT[] NOT NULL,
    parts STRUCT(item_id BIGINT, source VARCHAR, folded_title VARCHAR, first_seen_at TIMESTAMP)[][] NOT NULL,
    name VARCHAR NOT NULL,
    undoes INTEGER,
    load_id BIGINT NOT NULL
);
COMMENT ON TABLE raw.topic_hands IS 'What people said of topics: splits, joins, names, and what does not hold any more. Grain: number.';
COMMENT ON COLUMN raw.topic_hands.number IS 'number of the hand, from 1, in the order in which they were said';
COMMENT ON COLUMN raw.topic_hands.kind IS 'split, join, rename or undo';
COMMENT ON COLUMN raw.topic_hands.said_at IS 'when it was said, UTC; it holds from then on';
COMMENT ON COLUMN raw.topic_hands.said_by IS 'who said it';
COMMENT ON COLUMN raw.topic_hands.topic_ids IS 'the topics, as they were named when it was said';
COMMENT ON COLUMN raw.topic_hands.parts IS 'titles: of a split what stays and what leaves, of a join those of each topic, of a new name those of the topic';
COMMENT ON COLUMN raw.topic_hands.name IS 'the new name; empty for other kinds';
COMMENT ON COLUMN raw.topic_hands.undoes IS 'the hand that does not hold from then on; null for other kinds';
COMMENT ON COLUMN raw.topic_hands.load_id IS 'the load that brought it';
