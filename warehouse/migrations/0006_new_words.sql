-- When titles were first seen, what their pieces show, and the words found in them.
CREATE TABLE core.title_sights (
    title_id BIGINT NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    first_board VARCHAR NOT NULL
);
COMMENT ON TABLE core.title_sights IS 'When each clean title was first seen on any board. Grain: title_id.';
COMMENT ON COLUMN core.title_sights.title_id IS 'the title';
COMMENT ON COLUMN core.title_sights.first_seen_at IS 'when it was first seen, UTC';
COMMENT ON COLUMN core.title_sights.first_board IS 'the board where that was';

CREATE TABLE core.word_sights (
    window_start TIMESTAMP NOT NULL,
    token VARCHAR NOT NULL,
    title_count INTEGER NOT NULL,
    marked_count INTEGER NOT NULL,
    parts VARCHAR[] NOT NULL,
    lefts VARCHAR[] NOT NULL,
    rights VARCHAR[] NOT NULL
);
COMMENT ON TABLE core.word_sights IS 'What each hour''s new titles show of a piece, or of a run of pieces that may be a word. Grain: window_start, token.';
COMMENT ON COLUMN core.word_sights.window_start IS 'start of the hour, UTC';
COMMENT ON COLUMN core.word_sights.token IS 'the piece or run, folded';
COMMENT ON COLUMN core.word_sights.title_count IS 'titles first seen in the hour that have it';
COMMENT ON COLUMN core.word_sights.marked_count IS 'those that print it in book marks';
COMMENT ON COLUMN core.word_sights.parts IS 'the dictionary''s pieces of it; empty for a piece';
COMMENT ON COLUMN core.word_sights.lefts IS 'what stood left of it in each title; empty text for the edge of the title or a sign';
COMMENT ON COLUMN core.word_sights.rights IS 'what stood right of it in each title';

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
COMMENT ON TABLE core.new_words IS 'Words and names found in the titles themselves; titles first seen from found_at on are cut by them. Grain: token.';
COMMENT ON COLUMN core.new_words.token IS 'the word, folded';
COMMENT ON COLUMN core.new_words.found_at IS 'from when on it is known, UTC: the end of the hour that showed it to be a word';
COMMENT ON COLUMN core.new_words.part_of_speech IS 'nr for what looks like a person, nz for a work in book marks, else n';
COMMENT ON COLUMN core.new_words.title_count IS 'titles of the 28 days before that had it';
COMMENT ON COLUMN core.new_words.marked_count IS 'those that printed it in book marks';
COMMENT ON COLUMN core.new_words.cohesion IS 'pointwise mutual information of its loosest two halves, nats; 0 for a work in book marks only';
COMMENT ON COLUMN core.new_words.left_variety IS 'entropy of what stood left of it, nats';
COMMENT ON COLUMN core.new_words.right_variety IS 'entropy of what stood right of it, nats';

CREATE TABLE ops.listed_words (word VARCHAR NOT NULL);
COMMENT ON TABLE ops.listed_words IS 'Words of words.txt in the home folder, each cut whole; written by each load. Grain: word.';
COMMENT ON COLUMN ops.listed_words.word IS 'the word as written';

-- Made again by the next build: a title is now cut with the words that were known when it was first seen.
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
COMMENT ON TABLE core.title_tokens IS 'The words of each distinct clean title, cut once, with the words that were known then. Grain: title_id, position.';
COMMENT ON COLUMN core.title_tokens.title_id IS 'the title';
COMMENT ON COLUMN core.title_tokens.position IS 'place of the word in the title, from 1';
COMMENT ON COLUMN core.title_tokens.token IS 'the word, folded';
COMMENT ON COLUMN core.title_tokens.part_of_speech IS 'tag of the ICTCLAS set: n noun, nr person, ns place, v verb …';
COMMENT ON COLUMN core.title_tokens.is_keyword IS 'says what the title is about: no stop word, no particle';
COMMENT ON COLUMN core.title_tokens.first_seen_at IS 'when the title was first seen, UTC: later words do not cut it';
