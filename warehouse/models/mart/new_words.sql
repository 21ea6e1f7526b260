-- The words and names found in the titles themselves, in no dictionary, with the evidence there was then; and
-- which of them are new, and what people say of them.
-- grain: token
-- code_version: 3
-- column token: the word, folded
-- column found_at: from when on titles are cut by it, UTC
-- column part_of_speech: nr for what looks like a person, nz for a work in book marks, else n
-- column title_count: titles of the 28 days before that had it
-- column marked_count: those that printed it in book marks
-- column cohesion: pointwise mutual information of its loosest two halves, nats; 0 for a work in book marks only
-- column left_variety: entropy of what stood left of it, nats
-- column right_variety: entropy of what stood right of it, nats
-- column is_new: absent for 28 days or more in which its list was read, by no chance, and struck by nobody; else it may be old
-- column new_at: from when on one can say that it is new, UTC; null where one cannot
-- column first_seen_at: of a new word, when a title had it first, UTC; else null
-- column days_before: of a new word, days before that on which its first list was read without it; else null
-- column days_since: days from the first to the one on which it was told; null where it was not
-- column days_seen: those of them on which new titles had it
-- column chance: how often a word that was always as busy would come so late, 0 to 1; null where it was not told
-- column said: strike, a person said that it is no word; keep, that it is one; null where nobody said a thing
-- column said_by: who said so
-- column hand: the number of what was said
SELECT
    found.token,
    found.found_at,
    found.part_of_speech,
    found.title_count,
    found.marked_count,
    found.cohesion,
    found.left_variety,
    found.right_variety,
    novel.token IS NOT NULL AND coalesce(hands.kind <> 'strike', TRUE) AS is_new,
    novel.told_at AS new_at,
    novel.first_seen_at,
    novel.days_before,
    novel.days_since,
    novel.days_seen,
    novel.chance,
    hands.kind AS said,
    hands.said_by,
    hands.hand
FROM core.new_words AS found
LEFT JOIN core.novel_words AS novel USING (token)
LEFT JOIN (
    SELECT token, kind, said_by, hand
    FROM core.word_hands
    WHERE until_at IS NULL
    QUALIFY row_number() OVER (PARTITION BY token ORDER BY hand DESC) = 1
) AS hands USING (token)
