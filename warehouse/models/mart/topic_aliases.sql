-- Every id that a topic ever had, and the topic that it is now: what a digest named before a merger is found here.
-- grain: alias_id
-- code_version: 1
-- column alias_id: the id as it was told at some time
-- column topic_id: the topic that it is now, a line of mart.topics; the same id where nothing was merged
-- column merged_at: when the first merger ended that id, UTC; null for a topic that goes on
SELECT
    founded.topic_id AS alias_id,
    members.topic_id,
    mergers.merged_at
FROM (SELECT DISTINCT topic_id FROM core.topic_items) AS founded
-- A topic bears the id of the item that founded it, which goes wherever the topic goes.
INNER JOIN core.topic_members AS members ON members.item_id = founded.topic_id AND members.until_at IS NULL
LEFT JOIN core.topic_merges AS mergers ON mergers.topic_id = founded.topic_id
