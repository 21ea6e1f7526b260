-- All rows of the archives that have a title, as entries that every import takes: each instant numbers its own.
WITH read AS (
    SELECT
        * EXCLUDE (instant),
        last_value(
            CASE WHEN instant BETWEEN $earliest::TIMESTAMP AND $latest::TIMESTAMP THEN instant END IGNORE NULLS
        ) OVER (PARTITION BY file ORDER BY line) AS instant,
        try_cast(rank AS INTEGER) AS place
    FROM (SELECT * REPLACE (if(json_valid(extra), extra, NULL) AS extra) FROM gathered)
    WHERE trim(title) <> ''
)

SELECT
    coalesce(source, 'unknown') AS source,
    coalesce(instant, $earliest::TIMESTAMP) AT TIME ZONE 'UTC' AS captured_at,
    -- Of all boards at once: two names of an archive may mean one board.
    row_number() OVER (
        PARTITION BY instant ORDER BY (place IS NULL) DESC, place, file, line
    ) AS rank,
    title,
    url,
    coalesce(native_id, json_extract_string(extra, '$.id')) AS native_id
FROM read
ORDER BY captured_at, rank
