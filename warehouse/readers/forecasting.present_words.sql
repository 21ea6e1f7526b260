-- What the words told of the present stay of each line asked for ($boards, $items: lists and items, joined by
-- commas, which is read faster than a list),
-- and the stays that tell one story with it, either way round, with what had become of them at $at. In the
-- line of the stay itself its figures stand, and no kin.
WITH asked AS (
    SELECT
        unnest(string_split($boards, ',')) AS board,
        unnest(string_split($items, ','))::BIGINT AS item_id,
        unnest(range(len(string_split($items, ',')))) AS line
),

present AS (
    SELECT asked.line, asked.board, asked.item_id, max(stays.began_at) AS began_at
    FROM core.stays AS stays
    INNER JOIN asked USING (board, item_id)
    WHERE stays.began_at <= $at
    GROUP BY ALL
),

kinships AS (
    SELECT board, item_id, began_at, unnest(kin) AS kin
    FROM core.stay_words
    WHERE began_at <= $at AND began_at >= (SELECT min(began_at) FROM present)
),

pairs AS (
    SELECT
        present.line, present.board, kinships.kin.board AS kin_board, kinships.kin.item_id AS kin_item_id,
        kinships.kin.began_at AS kin_began_at, kinships.kin.likeness AS likeness
    FROM kinships
    INNER JOIN present USING (board, item_id, began_at)
    UNION ALL
    SELECT
        present.line, present.board, kinships.board, kinships.item_id, kinships.began_at, kinships.kin.likeness
    FROM kinships
    INNER JOIN present ON
        present.board = kinships.kin.board
        AND present.item_id = kinships.kin.item_id
        AND present.began_at = kinships.kin.began_at
)

SELECT
    pairs.line,
    epoch_us(pairs.kin_began_at) AS kin_began_at,
    coalesce(epoch_us(if(tops.top_at <= $at, tops.top_at, NULL)), 9223372036854775807) AS kin_top_at,
    pairs.kin_board <> pairs.board AS is_elsewhere,
    pairs.likeness,
    NULL::FLOAT[] AS figures
FROM pairs
LEFT JOIN core.stay_tops AS tops ON
    tops.board = pairs.kin_board
    AND tops.item_id = pairs.kin_item_id
    AND tops.began_at = pairs.kin_began_at
UNION ALL
SELECT present.line, NULL, NULL, NULL, NULL, words.figures
FROM present
INNER JOIN core.stay_words AS words USING (board, item_id, began_at)
ORDER BY ALL
