-- Lines of a CSV that are no rows at all: wrong number of columns, broken quotes, bad encoding.
INSERT INTO raw.rejects BY NAME
SELECT
    '' AS board,
    line AS position,
    'line_unreadable' AS reason,
    left(any_value(error_message), 500) AS found,
    $origin AS origin,
    $load_id AS load_id
FROM reject_errors
GROUP BY line
RETURNING 1;
