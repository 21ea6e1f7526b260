-- The keywords that burst at $at, the strongest first: those that new titles of the last six whole hours brought.
WITH latest AS (
    SELECT
        token,
        max(window_start) AS window_start
    FROM mart.trending_tokens
    WHERE window_start + INTERVAL 1 HOUR <= $at AND window_start + INTERVAL 6 HOUR >= $at
    GROUP BY token
)

SELECT
    tokens.token,
    tokens.title_count,
    tokens.usual_titles,
    tokens.burst,
    tokens.board_count,
    tokens.title,
    tokens.topic_id,
    tokens.is_new_word,
    tokens.is_unlisted,
    tokens.window_start
FROM mart.trending_tokens AS tokens
SEMI JOIN latest USING (token, window_start)
ORDER BY tokens.burst DESC, tokens.token
LIMIT $shown
