-- The rows of a file of tellings that raw does not hold yet.
INSERT INTO raw.desk_tellings BY NAME
SELECT
    events.desk,
    events.telling,
    events.decided_at,
    events.kind,
    events.topic_id,
    events.title,
    events.rules,
    events.wait,
    events.list_count,
    events.best_rank,
    events.chance_3h,
    events.desk_version,
    $file AS file
FROM read_json(
    $path,
    format = 'newline_delimited',
    columns = {
        desk: 'VARCHAR',
        telling: 'VARCHAR',
        decided_at: 'TIMESTAMP',
        kind: 'VARCHAR',
        topic_id: 'BIGINT',
        title: 'VARCHAR',
        rules: 'VARCHAR[]',
        wait: 'VARCHAR',
        list_count: 'INTEGER',
        best_rank: 'INTEGER',
        chance_3h: 'DOUBLE',
        desk_version: 'VARCHAR'
    }
) AS events
ANTI JOIN raw.desk_tellings AS known ON known.desk = events.desk AND known.telling = events.telling
