-- Every id that a topic ever had, and the topic that it is now: what a digest named before a merger is found here.
-- grain: alias_id
-- code_version: 2
-- column alias_id: the id as it was told at some time
-- column topic_id: the topic that it is now, a line of mart.topics; the same id where nothing was merged
-- column merged_at: when that id was first merged into another, UTC; null for a topic that goes on, and for one told apart again
WITH founded AS (
    SELECT topic_id FROM core.topic_items
    UNION
    -- What was told before a rule changed is told in the ledger.
    SELECT topic_id FROM ops.forecasts
)

SELECT
    founded.topic_id AS alias_id,
    members.topic_id,
    min(mergers.merged_at) AS merged_at
FROM founded
-- A topic bears the id of the item that founded it, which goes wherever the topic goes.
INNER JOIN core.topic_members AS members ON members.item_id = founded.topic_id AND members.until_at IS NULL
LEFT JOIN core.topic_merges AS mergers
    ON mergers.topic_id = founded.topic_id AND members.topic_id <> founded.topic_id
GROUP BY founded.topic_id, members.topic_id
