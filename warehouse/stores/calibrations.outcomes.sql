-- What came, by $now, of the forecasts made since $since: raw chances of one question, list and quarter of a day,
-- to a tenth of their log odds. Forecasts by models that knew more than their instant do not count, nor those of
-- lists without a past; nor what nobody can tell, for the list was not seen.
WITH chosen AS (
    -- One instant of an hour is enough: the next one's lists are nearly the same. Told as it is told now, else
    -- as it was told then.
    SELECT made_at, is_replayed, rule_version
    FROM ops.forecast_runs
    WHERE made_at >= $since AND made_at < $now
    QUALIFY
        row_number() OVER (
            PARTITION BY date_trunc('hour', made_at)
            ORDER BY made_at DESC, (is_replayed = $is_replayed) DESC, said_at DESC
        ) = 1
),

said AS (
    SELECT made_at, unnest(lists) AS item
    FROM ops.forecasts
    SEMI JOIN chosen USING (made_at, is_replayed, rule_version)
),

present AS (
    SELECT said.made_at, said.item, stays.began_at
    FROM said
    ASOF INNER JOIN core.stays AS stays
        ON
            stays.board = said.item.board
            AND stays.item_id = said.item.item_id
            AND stays.began_at <= said.made_at
    WHERE said.item.is_honest AND said.item.model <> 'plain'
),

sights AS (
    SELECT hours.list_board, hours.item_id, stays.began_at, max(hours.last_seen_at) AS last_seen_at
    FROM core.list_hours AS hours
    ASOF INNER JOIN core.stays AS stays
        ON
            stays.board = hours.list_board
            AND stays.item_id = hours.item_id
            AND stays.began_at <= hours.last_seen_at
    WHERE
        hours.best_rank IS NOT NULL
        AND hours.window_start >= $since::TIMESTAMP - INTERVAL 1 HOUR
        AND hours.last_seen_at <= $now
    GROUP BY ALL
),

captures AS (
    SELECT list_board, captured_at FROM core.servings WHERE captured_at <= $now
),

asked AS (
    SELECT
        present.made_at,
        present.item.board,
        present.item.item_id,
        present.began_at,
        'top' AS outcome,
        unnest($top_minutes::INTEGER[]) AS horizon_minutes,
        unnest(present.item.raw_chances) AS chance
    FROM present
    WHERE present.item.raw_chances IS NOT NULL
    UNION ALL
    SELECT
        present.made_at,
        present.item.board,
        present.item.item_id,
        present.began_at,
        'stay' AS outcome,
        unnest($stay_minutes::INTEGER[]) AS horizon_minutes,
        unnest(present.item.raw_stay_chances) AS chance
    FROM present
    WHERE present.item.raw_stay_chances IS NOT NULL
),

known AS (
    SELECT
        asked.*,
        asked.made_at + to_minutes(asked.horizon_minutes) AS due_at,
        tops.top_at,
        sights.last_seen_at
    FROM asked
    LEFT JOIN core.stay_tops AS tops USING (board, item_id, began_at)
    LEFT JOIN sights
        ON
            sights.list_board = asked.board
            AND sights.item_id = asked.item_id
            AND sights.began_at = asked.began_at
),

matured AS (
    SELECT
        known.board,
        known.made_at,
        known.outcome,
        known.horizon_minutes,
        known.chance,
        coalesce(
            if(known.outcome = 'top', known.top_at <= known.due_at, known.last_seen_at >= known.due_at), FALSE
        ) AS came,
        -- Who did not look in the last two thirds of the time, or soon after it, cannot tell that nothing came.
        if(
            known.outcome = 'top',
            before.captured_at > known.due_at - to_minutes((known.horizon_minutes * 2) // 3),
            after.captured_at <= known.due_at + to_hours($rule_present_hours)
        ) AS was_seen
    FROM known
    ASOF LEFT JOIN captures AS before
        ON before.list_board = known.board AND before.captured_at <= known.due_at
    ASOF LEFT JOIN captures AS after
        ON after.list_board = known.board AND after.captured_at >= known.due_at
    WHERE
        -- A stay may go on until its item has been off the list for twelve hours.
        known.due_at + if(known.outcome = 'top', INTERVAL 0 HOUR, to_hours($rule_stay_gap_hours)) <= $now
)

SELECT
    outcome,
    horizon_minutes,
    board,
    epoch_us(time_bucket(INTERVAL 6 HOUR, made_at)) AS about,
    avg(chance) AS chance,
    count(*)::DOUBLE AS count,
    count_if(came)::DOUBLE AS came
FROM matured
WHERE was_seen OR came
GROUP BY outcome, horizon_minutes, board, about, round(10 * ln(greatest(chance, 1e-6) / greatest(1 - chance, 1e-6)))
ORDER BY outcome, horizon_minutes, board, about, chance
