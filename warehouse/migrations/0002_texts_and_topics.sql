-- Tables of core whose rules are Python: made in pipelines, kept here.
CREATE TABLE core.titles (
    title VARCHAR NOT NULL,
    title_id BIGINT NOT NULL,
    clean_title VARCHAR NOT NULL,
    folded_title VARCHAR NOT NULL
);
COMMENT ON TABLE core.titles IS 'Each distinct title as printed, cleaned and folded once. Grain: title.';
COMMENT ON COLUMN core.titles.title IS 'the title as printed';
COMMENT ON COLUMN core.titles.title_id IS 'the same for all titles that read the same when clean';
COMMENT ON COLUMN core.titles.clean_title IS 'one visible line, without #…#, mended';
COMMENT ON COLUMN core.titles.folded_title IS 'without width, case, script variant, spaces and punctuation';

CREATE TABLE core.title_tokens (
    title_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    token VARCHAR NOT NULL,
    part_of_speech VARCHAR NOT NULL,
    is_keyword BOOLEAN NOT NULL
);
COMMENT ON TABLE core.title_tokens IS 'The words of each distinct clean title, cut once. Grain: title_id, position.';
COMMENT ON COLUMN core.title_tokens.title_id IS 'the title';
COMMENT ON COLUMN core.title_tokens.position IS 'place of the word in the title, from 1';
COMMENT ON COLUMN core.title_tokens.token IS 'the word, folded';
COMMENT ON COLUMN core.title_tokens.part_of_speech IS 'tag of the ICTCLAS set: n noun, nr person, ns place, v verb …';
COMMENT ON COLUMN core.title_tokens.is_keyword IS 'says what the title is about: no stop word, no particle';

CREATE TABLE core.item_references (
    reference_id UBIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    title_id BIGINT NOT NULL,
    source VARCHAR NOT NULL,
    identity_kind VARCHAR NOT NULL,
    identity VARCHAR NOT NULL
);
COMMENT ON TABLE core.item_references IS 'What a source prints (id, address, title) and the item it means. Grain: reference_id.';
COMMENT ON COLUMN core.item_references.reference_id IS 'hash of source, native id, address and title as printed';
COMMENT ON COLUMN core.item_references.item_id IS 'the item';
COMMENT ON COLUMN core.item_references.title_id IS 'the title';
COMMENT ON COLUMN core.item_references.source IS 'the source';
COMMENT ON COLUMN core.item_references.identity_kind IS 'native, url or title: what the identity is taken from';
COMMENT ON COLUMN core.item_references.identity IS 'the identity within the source';

CREATE TABLE core.heats (
    heat VARCHAR NOT NULL,
    heat_value DOUBLE,
    heat_unit VARCHAR
);
COMMENT ON TABLE core.heats IS 'Each distinct heat that is not a plain number, read. Grain: heat.';
COMMENT ON COLUMN core.heats.heat IS 'the heat as printed';
COMMENT ON COLUMN core.heats.heat_value IS 'its value in single units, null where it holds no number';
COMMENT ON COLUMN core.heats.heat_unit IS 'the unit that is printed with it';

CREATE TABLE core.topic_items (
    item_id BIGINT NOT NULL,
    topic_id BIGINT NOT NULL,
    joined_at TIMESTAMP NOT NULL,
    similarity DOUBLE NOT NULL
);
COMMENT ON TABLE core.topic_items IS 'Which topic each item belongs to, from when on. Grain: item_id.';
COMMENT ON COLUMN core.topic_items.item_id IS 'the item';
COMMENT ON COLUMN core.topic_items.topic_id IS 'the topic, named by the item that founded it';
COMMENT ON COLUMN core.topic_items.joined_at IS 'when the item was first seen, UTC: the assignment uses nothing later';
COMMENT ON COLUMN core.topic_items.similarity IS 'how like the topic it was, 0 to 1; 1 for the founder';

CREATE TABLE mart.forecasts (
    topic_id BIGINT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    score DOUBLE NOT NULL,
    board VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    rank_gain INTEGER,
    over_minutes INTEGER,
    usual_gain DOUBLE,
    board_count INTEGER NOT NULL,
    is_rising BOOLEAN NOT NULL
);
COMMENT ON TABLE mart.forecasts IS 'How each topic on a board was judged, kept as it was made. Grain: topic_id, made_at.';
COMMENT ON COLUMN mart.forecasts.topic_id IS 'the topic';
COMMENT ON COLUMN mart.forecasts.made_at IS 'the instant of the judgement, UTC; nothing later was known';
COMMENT ON COLUMN mart.forecasts.score IS 'rising score, 0 to 100: its place an hour on if it keeps its pace';
COMMENT ON COLUMN mart.forecasts.board IS 'the board on which it rises most';
COMMENT ON COLUMN mart.forecasts.rank IS 'its rank there';
COMMENT ON COLUMN mart.forecasts.rank_gain IS 'places gained there, null when there is nothing to compare with';
COMMENT ON COLUMN mart.forecasts.over_minutes IS 'minutes in which it gained them';
COMMENT ON COLUMN mart.forecasts.usual_gain IS 'places that climbers usually gain in an hour on that board at that hour of day';
COMMENT ON COLUMN mart.forecasts.board_count IS 'boards on which it stands';
COMMENT ON COLUMN mart.forecasts.is_rising IS 'climbing, and not at its peak';
