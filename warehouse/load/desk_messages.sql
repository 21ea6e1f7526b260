-- The rows of a file of messages that raw does not hold yet.
INSERT INTO raw.desk_messages BY NAME
SELECT
    events.desk,
    events.message,
    events.decided_at,
    events.kind,
    events.tellings,
    events.channels,
    events.story_count,
    $file AS file
FROM read_json(
    $path,
    format = 'newline_delimited',
    columns = {
        desk: 'VARCHAR',
        message: 'VARCHAR',
        decided_at: 'TIMESTAMP',
        kind: 'VARCHAR',
        tellings: 'VARCHAR[]',
        channels: 'VARCHAR[]',
        story_count: 'INTEGER'
    }
) AS events
ANTI JOIN raw.desk_messages AS known ON known.desk = events.desk AND known.message = events.message
