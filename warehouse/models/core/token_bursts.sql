-- The hours in which new titles brought a keyword that bursts: far more of the last 24 hours' new titles have it than
-- its own 28 days before would let expect. The measure is the signed root of the Poisson likelihood ratio (Dunning 1993),
-- which reads like standard deviations and holds for rare words; one title is added to what is usual, so that a word
-- that was never seen does not come out of nothing. Shares are compared, so outages and new boards do not count.
-- grain: window_start, token
-- code_version: 1
-- since: window_start
-- column window_start: start of the hour, UTC
-- column token: the word, folded
-- column title_count: titles first seen in the 24 hours up to the end of the hour that have it, 3 or more
-- column usual_titles: how many would be usual, from the 28 days before those
-- column burst: how far it is above that, standard deviations, 3 or more
-- column board_count: boards that brought those titles
-- column last_title_id: the newest of them
WITH told AS (
    SELECT DISTINCT
        tokens.token,
        tokens.title_id,
        sights.first_seen_at,
        sights.first_board,
        date_trunc('hour', sights.first_seen_at) AS window_start
    FROM core.title_tokens AS tokens
    INNER JOIN core.title_sights AS sights USING (title_id)
    WHERE
        tokens.is_keyword
        AND length(tokens.token) > 1
        AND NOT regexp_full_match(tokens.token, '[0-9][0-9.,:%-]*')
        AND tokens.first_seen_at >= $since - INTERVAL 29 DAY
),

hours AS (
    SELECT
        token,
        window_start,
        count(*) AS title_count
    FROM told
    WHERE token IN (SELECT present.token FROM told AS present WHERE present.window_start >= $since)
    GROUP BY token, window_start
),

counted AS (
    SELECT
        token,
        window_start,
        sum(title_count) OVER day_of_token AS title_count,
        coalesce(sum(title_count) OVER weeks_of_token, 0) AS past_count
    FROM hours
    WINDOW
        day_of_token AS (
            PARTITION BY token ORDER BY window_start
            RANGE BETWEEN INTERVAL 23 HOUR PRECEDING AND CURRENT ROW
        ),
        weeks_of_token AS (
            PARTITION BY token ORDER BY window_start
            RANGE BETWEEN INTERVAL 695 HOUR PRECEDING AND INTERVAL 24 HOUR PRECEDING
        )
),

totals AS (
    SELECT
        window_start,
        sum(title_count) OVER (ORDER BY window_start RANGE BETWEEN INTERVAL 23 HOUR PRECEDING AND CURRENT ROW) AS title_count,
        sum(title_count) OVER (
            ORDER BY window_start RANGE BETWEEN INTERVAL 695 HOUR PRECEDING AND INTERVAL 24 HOUR PRECEDING
        ) AS past_count
    FROM (
        SELECT
            date_trunc('hour', first_seen_at) AS window_start,
            count(*) AS title_count
        FROM core.title_sights
        WHERE first_seen_at >= $since - INTERVAL 29 DAY
        GROUP BY ALL
    )
),

judged AS (
    SELECT
        counted.window_start,
        counted.token,
        counted.title_count,
        (counted.past_count + 1) * totals.title_count / nullif(totals.past_count, 0) AS usual_titles,
        -- The WHERE below may be asked after this: what is no burst must not throw either. Rounding can bring a likelihood
        -- of nothing below 0.
        sqrt(
            greatest(
                0,
                2 * (counted.title_count * ln(counted.title_count / usual_titles) - counted.title_count + usual_titles)
            )
        ) AS burst
    FROM counted
    INNER JOIN totals USING (window_start)
    WHERE
        counted.window_start >= $since
        AND counted.title_count >= 3
        -- A warehouse younger than a day of new titles knows nothing usual.
        AND totals.past_count >= totals.title_count
        AND counted.title_count > usual_titles
)

SELECT
    judged.window_start,
    judged.token,
    any_value(judged.title_count)::INTEGER AS title_count,
    any_value(judged.usual_titles) AS usual_titles,
    any_value(judged.burst) AS burst,
    count(DISTINCT told.first_board)::INTEGER AS board_count,
    arg_max(told.title_id, (told.first_seen_at, told.title_id)) AS last_title_id
FROM judged
INNER JOIN told ON
    told.token = judged.token
    AND told.window_start <= judged.window_start
    AND told.window_start > judged.window_start - INTERVAL 24 HOUR
WHERE judged.burst >= 3
GROUP BY judged.window_start, judged.token
ORDER BY judged.window_start, judged.token
