-- How good the forecasts of a day were. Only what is known by now counts, and no forecast by a model that knew
-- more than its instant.
-- grain: made_date, is_replayed
-- code_version: 1
-- column made_date: the day in Shanghai
-- column is_replayed: of what fengkou replay made, and not of what was said in its time
-- column call_count: stays that were called
-- column right_count: those that came to the top ten within three hours of the call
-- column late_count: those that came after
-- column wrong_count: those that did not come
-- column open_count: those whose three hours are not over
-- column missed_count: stays that came to the top ten uncalled, though a forecast was made of them before
-- column unseen_count: stays that came to the top ten before any forecast was made of them
-- column precision_share: share of right calls among those that are right, late or wrong
-- column recall_share: share of calls among what came to the top ten and could be called
-- column median_lead_minutes: minutes from a right call to the top ten, median
-- column forecast_count: forecasts of the top ten within three hours whose outcome is known
-- column reached_share: share of them that came true
-- column brier: mean of (chance - outcome) squared; 0 is perfect
-- column usual_brier: the same if all had been given the day's share
-- column left_held_share: share of the stays' ends that fell into the 80 % interval of the time left
WITH calls AS (
    SELECT
        event_date AS made_date,
        is_replayed,
        count(called_at) AS call_count,
        count_if(verdict = 'right') AS right_count,
        count_if(verdict = 'late') AS late_count,
        count_if(verdict = 'wrong') AS wrong_count,
        count_if(verdict = 'open') AS open_count,
        count_if(verdict = 'missed') AS missed_count,
        count_if(verdict = 'unseen') AS unseen_count,
        median(lead_minutes) FILTER (verdict = 'right') AS median_lead_minutes
    FROM mart.calls
    GROUP BY ALL
),

scores AS (
    SELECT
        made_date,
        is_replayed,
        count(has_reached_3h) AS forecast_count,
        avg(has_reached_3h::INTEGER) AS reached_share,
        avg((chance_3h - has_reached_3h::INTEGER) ** 2) AS brier,
        avg((minutes_left_actual BETWEEN minutes_left_low AND minutes_left_high)::INTEGER) AS left_held_share
    FROM mart.forecast_outcomes
    WHERE is_honest
    GROUP BY ALL
)

SELECT
    made_date,
    is_replayed,
    coalesce(calls.call_count, 0) AS call_count,
    coalesce(calls.right_count, 0) AS right_count,
    coalesce(calls.late_count, 0) AS late_count,
    coalesce(calls.wrong_count, 0) AS wrong_count,
    coalesce(calls.open_count, 0) AS open_count,
    coalesce(calls.missed_count, 0) AS missed_count,
    coalesce(calls.unseen_count, 0) AS unseen_count,
    calls.right_count / nullif(calls.right_count + calls.late_count + calls.wrong_count, 0) AS precision_share,
    (calls.right_count + calls.late_count)
    / nullif(calls.right_count + calls.late_count + calls.missed_count, 0) AS recall_share,
    calls.median_lead_minutes,
    coalesce(scores.forecast_count, 0) AS forecast_count,
    scores.reached_share,
    scores.brier,
    scores.reached_share * (1 - scores.reached_share) AS usual_brier,
    scores.left_held_share
FROM scores
FULL JOIN calls USING (made_date, is_replayed)
