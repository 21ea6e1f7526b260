-- The rows of a file of attempts that raw does not hold yet.
INSERT INTO raw.desk_attempts BY NAME
SELECT
    events.seq AS attempt,
    events.desk,
    events.message,
    events.channel,
    events.part,
    events.part_count,
    events.size_bytes,
    events.is_again,
    events.begun_at,
    events.ended_at,
    events.failure,
    events.code,
    $file AS file
FROM read_json(
    $path,
    format = 'newline_delimited',
    columns = {
        seq: 'BIGINT',
        desk: 'VARCHAR',
        message: 'VARCHAR',
        channel: 'VARCHAR',
        part: 'INTEGER',
        part_count: 'INTEGER',
        size_bytes: 'INTEGER',
        is_again: 'BOOLEAN',
        begun_at: 'TIMESTAMP',
        ended_at: 'TIMESTAMP',
        failure: 'VARCHAR',
        code: 'VARCHAR'
    }
) AS events
ANTI JOIN raw.desk_attempts AS known ON known.attempt = events.seq
