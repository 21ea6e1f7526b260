-- What each topic is about, hour by hour: made in pipelines, kept here.
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
COMMENT ON TABLE core.topic_cards IS 'What each topic was about at the end of each hour in which it changed. Grain: topic_id, window_start.';
COMMENT ON COLUMN core.topic_cards.topic_id IS 'the topic';
COMMENT ON COLUMN core.topic_cards.window_start IS 'start of the hour, UTC';
COMMENT ON COLUMN core.topic_cards.title_count IS 'items that tell it at the end of the hour';
COMMENT ON COLUMN core.topic_cards.label IS 'the title that has most in common with the others and reads as a statement';
COMMENT ON COLUMN core.topic_cards.keywords IS 'words that its titles share, most shared first';
COMMENT ON COLUMN core.topic_cards.people IS 'names of people that its titles share';
COMMENT ON COLUMN core.topic_cards.places IS 'names of places that its titles share';
COMMENT ON COLUMN core.topic_cards.bodies IS 'names of bodies: companies, clubs, offices';
COMMENT ON COLUMN core.topic_cards.other_names IS 'names of works, products and other things';
COMMENT ON COLUMN core.topic_cards.category IS 'society, sports, … as listed in pipelines/words/categories; null where nothing tells it';
