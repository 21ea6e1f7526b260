-- Printed heats that are no plain numbers and are not read yet.
SELECT DISTINCT entries.heat
FROM raw.entries AS entries
ANTI JOIN core.heats AS heats ON heats.heat = entries.heat
WHERE entries.load_id > $after_load AND entries.heat IS NOT NULL AND try_cast(entries.heat AS DOUBLE) IS NULL
ORDER BY entries.heat
