-- How many rows a load rejected for each reason, the most first, and one of them.
SELECT reason, count(*) AS reject_count, left(arg_min(found, position), 80) AS example
FROM raw.rejects
WHERE load_id = $load_id
GROUP BY reason
ORDER BY reject_count DESC, reason
