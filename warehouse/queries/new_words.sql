-- The words found in titles, in the order in which they were found.
SELECT
    token,
    found_at,
    part_of_speech
FROM core.new_words
ORDER BY found_at, length(token), token
