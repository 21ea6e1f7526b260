-- Which topics belong to one big story, a war, a match day, an exam, in which period: each of them stays an affair of
-- its own. The present is where until_at is null; an instant is where from_at <= instant and the period has not ended
-- by then.
-- grain: topic_id, from_at
-- code_version: 1
-- column topic_id: the topic
-- column storyline_id: the storyline, named by the topic that founded it
-- column from_at: beginning of the period, UTC
-- column until_at: when the topic left it or ended, or its storyline became part of another one, UTC; null while it lasts
-- column strength: sum of the bursts of the names that hold it: 30 reads like five standard deviations
-- column names: the names that hold it to the storyline
SELECT *
FROM (
    SELECT
        topic_id,
        storyline_id,
        from_at,
        lead(from_at) OVER (PARTITION BY topic_id ORDER BY from_at) AS until_at,
        strength,
        names
    FROM core.storyline_links
) AS periods
WHERE storyline_id IS NOT NULL
