-- The bookkeeping described, as every other table is.
COMMENT ON COLUMN ops.loads.load_id IS 'number of the load, from 1';
COMMENT ON COLUMN ops.loads.origin IS 'landing, or the name of the archive';
COMMENT ON COLUMN ops.loads.loaded_at IS 'when it was loaded, UTC';
COMMENT ON COLUMN ops.loads.rows_in IS 'rows that came in';
COMMENT ON COLUMN ops.loads.rows_kept IS 'rows that became entries';
COMMENT ON COLUMN ops.loads.rows_rejected IS 'rows that could not, kept in raw.rejects';
COMMENT ON COLUMN ops.loads.snapshot_count IS 'snapshots that it brought';
COMMENT ON COLUMN ops.loads.earliest_captured_at IS 'the first of their captures, UTC';
COMMENT ON COLUMN ops.loads.latest_captured_at IS 'the last of their captures, UTC';
COMMENT ON TABLE ops.loads IS 'One load of landed files or of one archive. rows_in = rows_kept + rows_rejected + rows_known. Grain: load_id.';

COMMENT ON TABLE ops.landing_days IS 'Landing folders that were read whole: an unchanged folder is not read again. Grain: board, captured_day.';
COMMENT ON COLUMN ops.landing_days.board IS 'the board';
COMMENT ON COLUMN ops.landing_days.captured_day IS 'the name of the folder: the day of its captures, UTC';
COMMENT ON COLUMN ops.landing_days.modified_ns IS 'time of the folder''s last change, nanoseconds since 1970; 0 when it was read too soon after one';

COMMENT ON TABLE ops.boards IS 'What the catalogue says of each board, written by each build. Grain: board.';
COMMENT ON COLUMN ops.boards.board IS 'the board';
COMMENT ON COLUMN ops.boards.source IS 'the source';
COMMENT ON COLUMN ops.boards.name_zh IS 'its name in Chinese';
COMMENT ON COLUMN ops.boards.name_en IS 'its name in English';
COMMENT ON COLUMN ops.boards.cadence_minutes IS 'minutes between two fetches that are wanted';
COMMENT ON COLUMN ops.boards.heat_unit IS 'what its heat counts; empty when it prints none';

COMMENT ON TABLE ops.tables IS 'How far each table of core and mart is built. Grain: table_name.';
COMMENT ON COLUMN ops.tables.table_name IS 'the table, layer.name';
COMMENT ON COLUMN ops.tables.version IS 'hash of the rule that it was built by';
COMMENT ON COLUMN ops.tables.built_load_id IS 'the newest load that is in it; 0 for a view';

COMMENT ON TABLE ops.forecast_instants IS 'The instants at which a build made forecasts; mart.forecasts can be rebuilt from them. Grain: made_at.';
COMMENT ON COLUMN ops.forecast_instants.made_at IS 'the instant, UTC';

COMMENT ON TABLE ops.migrations IS 'Which migrations were applied. Grain: number.';
COMMENT ON COLUMN ops.migrations.number IS 'number of the migration, from 1';
COMMENT ON COLUMN ops.migrations.name IS 'its name';
COMMENT ON COLUMN ops.migrations.applied_at IS 'when it was applied, UTC';
