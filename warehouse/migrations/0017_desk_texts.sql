-- The texts by which desks ran: what a desk was told names the hash of one.
CREATE TABLE raw.desk_texts (
    desk VARCHAR NOT NULL,
    desk_version VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE raw.desk_texts IS 'A text by which a desk ran. Grain: desk, desk_version.';
COMMENT ON COLUMN raw.desk_texts.desk IS 'the desk';
COMMENT ON COLUMN raw.desk_texts.desk_version IS 'hash of the text, SHA-256, which whatever it told names';
COMMENT ON COLUMN raw.desk_texts.text IS 'the file as it was: variables by name and no key; readers of a mail channel stand in it';
