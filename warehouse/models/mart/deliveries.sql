-- What each desk was told of each story, when, by which rules, whether it arrived, and how far ahead of the top ten.
-- grain: desk, telling, channel
-- code_version: 1
-- column desk: the desk
-- column telling: the telling, within its desk
-- column channel: the channel, by the name that its desk gives it; null where it is yet to be told, or goes nowhere
-- column topic_id: the topic that it is now, a line of mart.topics
-- column told_topic_id: the topic as it was named then
-- column title: the title that it was told by
-- column kind: new, back, update or correction
-- column rules: the rules of the desk that took it
-- column decided_at: the instant from whose captures it was decided, UTC
-- column wait: what it waited for: quiet, hour, day or digest; null where it went at once
-- column message: the message that told it first; null where none has yet
-- column message_kind: what kind of message that was
-- column sent_at: when the channel had taken all of that message, UTC; null where it has not
-- column is_again: some part of it may have arrived twice, and said so
-- column failure: why the channel did not take it; null where it did, or was not asked yet
-- column list_count: lists that the story stood on when it was decided
-- column best_rank: its best rank then
-- column chance_3h: chance, 0 to 1, of the top ten of a list within three hours, as was said then; null where none was
-- column top_ten_at: when the story first stood in the top ten of a list, UTC; null where it never did
-- column minutes_ahead: minutes from its arrival to that; below 0 where it was told later
-- column desk_version: hash of the text of the desk that decided it
WITH messages AS (
    SELECT
        desk,
        message,
        kind,
        unnest(tellings) AS telling,
        channels
    FROM raw.desk_messages
),

channels AS (
    SELECT
        desk,
        message,
        kind,
        telling,
        unnest(if(len(channels) = 0, [NULL::VARCHAR], channels)) AS channel
    FROM messages
),

arrivals AS (
    SELECT
        desk,
        message,
        channel,
        max(ended_at) FILTER (failure IS NULL AND part = part_count) AS sent_at,
        bool_or(is_again) AS is_again,
        arg_max(failure, attempt) AS failure
    FROM raw.desk_attempts
    GROUP BY ALL
),

tops AS (
    SELECT members.topic_id, min(tops.top_at) AS top_ten_at
    FROM core.stay_tops AS tops
    INNER JOIN core.topic_members AS members ON members.item_id = tops.item_id AND members.until_at IS NULL
    GROUP BY members.topic_id
)

SELECT
    tellings.desk,
    tellings.telling,
    channels.channel,
    coalesce(aliases.topic_id, tellings.topic_id) AS topic_id,
    tellings.topic_id AS told_topic_id,
    tellings.title,
    tellings.kind,
    tellings.rules,
    tellings.decided_at,
    tellings.wait,
    channels.message,
    channels.kind AS message_kind,
    arrivals.sent_at,
    coalesce(arrivals.is_again, FALSE) AS is_again,
    if(arrivals.sent_at IS NULL, arrivals.failure, NULL) AS failure,
    tellings.list_count,
    tellings.best_rank,
    tellings.chance_3h,
    tops.top_ten_at,
    date_diff('second', arrivals.sent_at, tops.top_ten_at) / 60.0 AS minutes_ahead,
    tellings.desk_version
FROM raw.desk_tellings AS tellings
LEFT JOIN channels USING (desk, telling)
LEFT JOIN arrivals
    ON
        arrivals.desk = channels.desk AND arrivals.message = channels.message
        AND arrivals.channel = channels.channel
LEFT JOIN mart.topic_aliases AS aliases ON aliases.alias_id = tellings.topic_id
LEFT JOIN tops ON tops.topic_id = coalesce(aliases.topic_id, tellings.topic_id)
