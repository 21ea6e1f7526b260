-- Every topic that items belong to now has a card, with as many titles as it has items.
-- table: core.topic_cards
WITH members AS (
    SELECT
        topic_id,
        count(*) AS item_count
    FROM core.topic_members
    WHERE until_at IS NULL
    GROUP BY topic_id
),

cards AS (
    SELECT
        topic_id,
        arg_max(title_count, window_start) AS title_count
    FROM core.topic_cards
    GROUP BY topic_id
)

SELECT
    members.topic_id,
    members.item_count,
    cards.title_count
FROM members
LEFT JOIN cards USING (topic_id)
WHERE cards.title_count IS DISTINCT FROM members.item_count
