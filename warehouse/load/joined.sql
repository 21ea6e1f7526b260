-- Instants of lines that one capture brought: programs stamp each line as they write it, and so a list of fifty has
-- fifty instants. Lines are of one capture where they come within a minute of each other, their ranks go on rising and
-- no title comes twice. The capture's instant is the last of theirs: only then was all of it known.
CREATE OR REPLACE TEMP TABLE joined AS
WITH instants_of_lines AS (
    SELECT sources.board, instants.instant, min(ranks.place) AS first_place, max(ranks.place) AS last_place
    FROM printed
    INNER JOIN sources ON sources.printed = printed.source
    INNER JOIN instants ON instants.printed = printed.captured_at
    LEFT JOIN ranks ON ranks.printed = printed.rank
    WHERE instants.instant BETWEEN $earliest::TIMESTAMP AND $latest::TIMESTAMP
    GROUP BY sources.board, instants.instant
),

close AS (
    SELECT
        *,
        count_if(NOT is_close) OVER (PARTITION BY board ORDER BY instant) AS crowd
    FROM (
        SELECT
            *,
            coalesce(instant - lag(instant) OVER (PARTITION BY board ORDER BY instant) <= INTERVAL 60 SECOND, FALSE)
                AS is_close
        FROM instants_of_lines
    )
),

rising AS (
    SELECT
        *,
        is_close AND coalesce(
            first_place > last_value(last_place IGNORE NULLS) OVER (
                PARTITION BY board, crowd ORDER BY instant ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ),
            TRUE
        ) AS goes_on
    FROM close
),

numbered AS (
    SELECT board, instant, count_if(NOT goes_on) OVER (PARTITION BY board ORDER BY instant) AS run
    FROM rising
    -- A list that is captured whole each time has no line that goes on.
    WHERE board IN (SELECT growing.board FROM rising AS growing WHERE growing.goes_on)
),

runs AS (
    SELECT numbered.board, numbered.run, min(instant) AS begun_at, max(instant) AS ended_at
    FROM numbered
    INNER JOIN $query_printed_lines AS lines USING (board, instant)
    WHERE lines.first_doubt IS NULL
    GROUP BY numbered.board, numbered.run
    HAVING
        count(DISTINCT instant) > 1
        AND count(DISTINCT lines.title) = count(DISTINCT row(lines.title, instant))
)

SELECT
    runs.board,
    numbered.instant,
    -- Of a capture that was cut when it was imported first, the rest goes to what is there.
    coalesce(
        (
            SELECT max(captures.captured_at)
            FROM raw.snapshots AS captures
            WHERE captures.board = runs.board AND captures.captured_at BETWEEN runs.begun_at AND runs.ended_at
        ),
        runs.ended_at
    ) AS captured_at
FROM runs
INNER JOIN numbered USING (board, run);
