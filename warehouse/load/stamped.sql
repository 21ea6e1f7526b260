-- What an import made of lines that bear instants of their own, and lines that stayed alone beside others.
WITH captures AS (
    SELECT board, instant, count(*) AS line_count
    FROM judged
    WHERE doubt IS NULL
    GROUP BY board, instant
),

beside AS (
    SELECT
        *,
        line_count = 1 AND instant - lag(instant) OVER (PARTITION BY board ORDER BY instant) <= INTERVAL 60 SECOND
            AS is_alone
    FROM captures
)

SELECT
    (SELECT count(*) FROM joined)::BIGINT AS instant_count,
    (SELECT count(DISTINCT row(board, captured_at)) FROM joined)::BIGINT AS capture_count,
    coalesce(count_if(is_alone), 0)::BIGINT AS alone_count
FROM beside
