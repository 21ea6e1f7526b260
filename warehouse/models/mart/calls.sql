-- Each stay on a list that was called, or that came to the top ten uncalled. A call is the first forecast of a
-- stay with a chance of .55 or more of the top ten within three hours. It is right if the stay came there
-- within these hours, late if it came after them; unknown where the list was not seen enough. Missed is what came
-- though a forecast of the three hours before gave it less; unseen is what came before any forecast was made of
-- it. Forecasts by models that knew more than their instant do not count.
-- grain: board, item_id, began_at, is_replayed
-- code_version: 2
-- column board: the list, by the name of its first board
-- column item_id: the item
-- column began_at: when its stay began, UTC
-- column is_replayed: told by what fengkou replay made, and not by what was said in its time
-- column topic_id: its topic; null where no forecast was made of the stay
-- column title: the title it bore when the stay began
-- column called_at: the instant of the call, UTC; null without one
-- column chance: the chance that was then given
-- column rank: its rank there then
-- column top_at: when it came to the top ten, UTC; null while it has not
-- column lead_minutes: minutes from the call to the top ten
-- column verdict: right, late, wrong, open (its hours are not over), unknown, missed or unseen
-- column event_at: the call, else when it came to the top ten, UTC
-- column event_date: the day of that in Shanghai
WITH told AS (
    SELECT
        windows.board,
        windows.item_id,
        windows.began_at,
        windows.topic_id,
        windows.made_at,
        windows.is_replayed,
        windows.settled_at,
        windows.has_reached_3h,
        forecasts.chance_3h,
        forecasts.rank
    FROM mart.forecast_windows AS windows
    INNER JOIN mart.board_forecasts AS forecasts USING (topic_id, board, made_at, is_replayed)
    WHERE forecasts.is_honest AND forecasts.chance_3h IS NOT NULL
),

stays AS (
    SELECT
        board,
        item_id,
        began_at,
        is_replayed,
        arg_min(topic_id, made_at) AS topic_id,
        max(made_at) AS forecast_last_at,
        min(made_at) FILTER (chance_3h >= $rule_call_chance) AS called_at,
        arg_min(chance_3h, made_at) FILTER (chance_3h >= $rule_call_chance) AS chance,
        arg_min(rank, made_at) FILTER (chance_3h >= $rule_call_chance) AS rank,
        -- A null is what is asked for here, which arg_min would pass over.
        arg_min(struct_pack(is_right := has_reached_3h), made_at) FILTER (chance_3h >= $rule_call_chance) AS came
    FROM told
    GROUP BY ALL
),

tops AS (
    SELECT tops.board, tops.item_id, tops.began_at, kinds.is_replayed, tops.top_at
    FROM core.stay_tops AS tops
    CROSS JOIN (SELECT DISTINCT is_replayed FROM told) AS kinds
    -- Where no forecast of the list was made for three hours, nothing could be called.
    ASOF INNER JOIN (
        SELECT DISTINCT board, made_at, is_replayed
        FROM mart.board_forecasts
        WHERE is_honest
    ) AS instants
        ON
            instants.board = tops.board
            AND instants.is_replayed = kinds.is_replayed
            AND instants.made_at < tops.top_at
    WHERE instants.made_at >= tops.top_at - to_hours($rule_call_horizon_hours)
),

events AS (
    SELECT
        board,
        item_id,
        began_at,
        is_replayed,
        stays.topic_id,
        stays.called_at,
        stays.chance,
        stays.rank,
        coalesce(all_tops.top_at, tops.top_at) AS top_at,
        CASE
            WHEN stays.called_at IS NOT NULL AND stays.came.is_right THEN 'right'
            WHEN stays.called_at IS NOT NULL AND all_tops.top_at > stays.called_at THEN 'late'
            WHEN stays.called_at IS NOT NULL AND NOT stays.came.is_right THEN 'wrong'
            WHEN
                stays.called_at > (SELECT max(captured_at) FROM core.snapshots) - to_hours($rule_call_horizon_hours)
                THEN 'open'
            WHEN stays.called_at IS NOT NULL THEN 'unknown'
            WHEN stays.forecast_last_at >= tops.top_at - to_hours($rule_call_horizon_hours) THEN 'missed'
            ELSE 'unseen'
        END AS verdict
    FROM stays
    FULL JOIN tops USING (board, item_id, began_at, is_replayed)
    LEFT JOIN core.stay_tops AS all_tops USING (board, item_id, began_at)
    WHERE stays.called_at IS NOT NULL OR tops.top_at IS NOT NULL
),

begun AS (
    SELECT events.*, stays.title_id
    FROM events
    INNER JOIN core.stays AS stays USING (board, item_id, began_at)
),

titles AS (SELECT DISTINCT title_id, clean_title FROM core.titles SEMI JOIN begun USING (title_id))

SELECT
    events.board,
    events.item_id,
    events.began_at,
    events.is_replayed,
    events.topic_id,
    titles.clean_title AS title,
    events.called_at,
    events.chance,
    events.rank,
    events.top_at,
    round(epoch(events.top_at - events.called_at) / 60, 1) AS lead_minutes,
    events.verdict,
    coalesce(events.called_at, events.top_at) AS event_at,
    (coalesce(events.called_at, events.top_at) + to_hours($rule_shanghai_hours))::DATE AS event_date
FROM begun AS events
INNER JOIN titles USING (title_id)
