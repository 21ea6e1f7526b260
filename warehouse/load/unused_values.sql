-- What stands in lines of a load that nothing is computed with, by reason, and one of them.
SELECT reason, count(*) AS value_count, left(arg_min(concat_ws(' | ', place, heat, title), line), 80) AS example
FROM (
    SELECT 'heat_out_of_range' AS reason, NULL AS place, heat, title, line
    FROM judged
    WHERE
        doubt IS NULL AND NOT is_known
        AND NOT coalesce(abs(try_cast(heat AS DOUBLE)) < $rule_hottest, TRUE)
    UNION ALL
    SELECT 'known_differently' AS reason, held.place, held.heat, held.title, held.line
    FROM (SELECT *, coalesce(json_extract_string(extra, '$.heat_text'), heat) AS told FROM judged WHERE is_held) AS held
    ANTI JOIN raw.entries AS lines
        ON
            lines.board = held.board
            AND lines.captured_at = held.instant
            AND lines.kind = held.kind
            AND lines.title = held.title
            AND lines.rank IS NOT DISTINCT FROM held.place
            AND lines.heat IS NOT DISTINCT FROM held.told
)
GROUP BY reason
ORDER BY reason
