-- What is refused of each load, and one of it.
SELECT
    load_id,
    origin,
    reason,
    coalesce(nullif(count(position), 0), count(*))::BIGINT AS row_count,
    left(min(found), 80) AS example
FROM refused_rows
GROUP BY load_id, origin, reason
ORDER BY load_id, reason
