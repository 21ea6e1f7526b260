-- The stays that began from $since on, with the title they then bore, in the order they began.
SELECT epoch_us(stays.began_at) AS began_at, stays.board, stays.item_id, any_value(titles.clean_title) AS title
FROM core.stays AS stays
INNER JOIN core.titles AS titles USING (title_id)
WHERE stays.began_at >= $since
GROUP BY ALL
ORDER BY ALL
