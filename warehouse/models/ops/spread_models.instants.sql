-- The instants of [$since, $until - 6 hours], each $hours hours of the day, whose six hours to come were seen:
-- no list at all for more than four of them is no outcome.
WITH captures AS (
    SELECT captured_at, coalesce(lead(captured_at) OVER (ORDER BY captured_at), $until) AS next_at
    FROM (
        SELECT DISTINCT captured_at
        FROM core.snapshots
        WHERE captured_at >= $since::TIMESTAMP - INTERVAL 1 DAY AND captured_at <= $until
    )
),

instants AS (
    SELECT unnest(generate_series(
        time_bucket(to_hours($hours::INTEGER), $since::TIMESTAMP), $until::TIMESTAMP - to_hours($rule_spread_hours),
        to_hours($hours::INTEGER)
    )) AS made_at
)

SELECT instants.made_at
FROM instants
INNER JOIN captures ON
    captures.captured_at < instants.made_at + to_hours($rule_spread_hours) AND captures.next_at > instants.made_at
WHERE instants.made_at >= $since
GROUP BY instants.made_at
HAVING min(captures.captured_at) <= instants.made_at
    AND max(
        least(captures.next_at, instants.made_at + to_hours($rule_spread_hours)) - greatest(captures.captured_at, instants.made_at)
    ) <= to_minutes($rule_spread_hours * $rule_unseen_minutes_per_hour)
ORDER BY instants.made_at
