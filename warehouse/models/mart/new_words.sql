-- The words and names found in the titles themselves, with the evidence there was then.
-- grain: token
-- code_version: 1
-- column token: the word, folded
-- column found_at: from when on titles are cut by it, UTC
-- column part_of_speech: nr for what looks like a person, nz for a work in book marks, else n
-- column title_count: titles of the 28 days before that had it
-- column marked_count: those that printed it in book marks
-- column cohesion: pointwise mutual information of its loosest two halves, nats; 0 for a work in book marks only
-- column left_variety: entropy of what stood left of it, nats
-- column right_variety: entropy of what stood right of it, nats
SELECT
    token,
    found_at,
    part_of_speech,
    title_count,
    marked_count,
    cohesion,
    left_variety,
    right_variety
FROM core.new_words
