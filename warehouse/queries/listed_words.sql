-- The words that people listed, each to be cut whole.
SELECT word FROM ops.listed_words ORDER BY word
