-- People speak of words, too: that what was found is none, or is one.
COMMENT ON TABLE raw.topic_hands IS 'What people said of topics and of found words: what it was, and what does not hold any more. Grain: number.';
COMMENT ON COLUMN raw.topic_hands.kind IS 'split, join, rename, strike, keep or undo';
COMMENT ON COLUMN raw.topic_hands.topic_ids IS 'the topics, as they were named when it was said; none of a word';
COMMENT ON COLUMN raw.topic_hands.name IS 'the new name, or the word that is struck or kept; empty for other kinds';
