-- The stays of the $days days before $since that share runs of signs with those asked for ($signs, joined by
-- commas): for each run the $most newest, and for each stay which runs it has of them and what was known of it at $since.
WITH asked AS (SELECT unnest(string_split($signs, ','))::INTEGER AS sign),

posted AS (
    SELECT past.board, past.item_id, past.began_at, past.sign_count, past.sign
    FROM (
        SELECT board, item_id, began_at, len(signs) AS sign_count, unnest(signs) AS sign
        FROM core.stay_words
        WHERE began_at < $since AND began_at >= $since - to_days($days)
    ) AS past
    SEMI JOIN asked USING (sign)
    QUALIFY row_number() OVER (
        PARTITION BY past.sign ORDER BY past.began_at DESC, past.board DESC, past.item_id DESC
    ) <= $most
),

stays AS (
    SELECT board, item_id, began_at, any_value(sign_count) AS sign_count, list(sign ORDER BY sign) AS signs
    FROM posted
    GROUP BY ALL
)

SELECT
    stays.board,
    stays.item_id,
    epoch_us(stays.began_at) AS began_at,
    stays.sign_count,
    stays.signs,
    if(outcomes.top_at IS NULL, 0.0, 1.0) + if(outcomes.board IS NULL, 'nan'::DOUBLE, 0.0) AS top,
    coalesce(outcomes.depth, 'nan') AS depth
FROM stays
LEFT JOIN core.stay_outcomes AS outcomes ON
    outcomes.board = stays.board
    AND outcomes.item_id = stays.item_id
    AND outcomes.began_at = stays.began_at
    AND outcomes.known_at <= $since
ORDER BY stays.began_at, stays.board, stays.item_id
