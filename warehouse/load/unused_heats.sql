-- Heats of the lines a load kept that no rule computes with, and one of them.
SELECT 'heat_out_of_range' AS reason, count(*) AS reject_count, left(arg_min(heat || ' | ' || title, line), 80) AS example
FROM judged
WHERE
    doubt IS NULL AND NOT is_known
    AND NOT coalesce(abs(try_cast(heat AS DOUBLE)) < $rule_hottest, TRUE)
HAVING reject_count > 0
