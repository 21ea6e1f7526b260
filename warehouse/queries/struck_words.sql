-- The words that people struck, and from when to when they are none.
SELECT
    token,
    from_at,
    until_at
FROM core.word_hands
WHERE kind = 'strike'
ORDER BY from_at, token
