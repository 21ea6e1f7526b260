-- The items of some topics as known at $at.
SELECT
    item_id,
    topic_id,
    from_at AS joined_at
FROM core.topic_members
WHERE
    topic_id IN (SELECT unnest($topic_ids::BIGINT[]))
    AND from_at <= $at AND (until_at IS NULL OR until_at > $at)
ORDER BY from_at, item_id
