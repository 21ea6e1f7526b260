-- The outcomes of stays that became known after $since, in that order, with the numbers of what stands in
-- their titles where those were read before.
SELECT
    outcomes.board,
    outcomes.item_id,
    epoch_us(outcomes.began_at) AS began_at,
    epoch_us(outcomes.known_at) AS known_at,
    (outcomes.top_at IS NOT NULL)::INTEGER AS is_top,
    outcomes.depth,
    stay_words.words,
    stay_words.signs
FROM core.stay_outcomes AS outcomes
LEFT JOIN core.stay_words AS stay_words USING (board, item_id, began_at)
WHERE outcomes.known_at > $since
ORDER BY outcomes.known_at, outcomes.board, outcomes.item_id
