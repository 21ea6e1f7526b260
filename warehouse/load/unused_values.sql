-- What stands in lines of a load that nothing is computed with, by reason, and one of them.
SELECT reason, count(*) AS value_count, left(arg_min(concat_ws(' | ', place, heat, title), line), 80) AS example
FROM (
    SELECT 'heat_out_of_range' AS reason, NULL AS place, heat, title, line
    FROM judged
    WHERE
        doubt IS NULL AND NOT is_known
        AND NOT coalesce(abs(try_cast(heat AS DOUBLE)) < $rule_hottest, TRUE)
    UNION ALL
    SELECT 'known_differently' AS reason, place, heat, title, line
    FROM judged
    WHERE is_known_differently
)
GROUP BY reason
ORDER BY reason
