-- The newest capture of each $minutes in [$since, $until] that yielded a list: the instants a build would have spoken at.
SELECT max(captured_at) AS made_at
FROM core.snapshots
WHERE captured_at >= $since AND captured_at <= $until
GROUP BY time_bucket(to_minutes($minutes::INTEGER), captured_at - INTERVAL 1 MICROSECOND)
ORDER BY made_at
