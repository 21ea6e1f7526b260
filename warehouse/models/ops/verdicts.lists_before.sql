-- Of each board what its newest list before $since was taken for, as it was said then.
SELECT board, arg_max(list_contains(claims, 'another_board'), captured_at) AS was_another
FROM ops.verdicts
WHERE
    captured_at < $since
    AND captured_at >= $since - INTERVAL 24 HOUR
    AND NOT list_has_any(claims, ['no_list', 'login_wall'])
GROUP BY board
