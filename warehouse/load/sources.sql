-- The board that each source of an archive is.
CREATE OR REPLACE TEMP TABLE sources AS
SELECT
    printed,
    coalesce(
        map($sources::VARCHAR[], $boards::VARCHAR[])[printed],
        -- An archive's own name becomes a board name: bilibili-hot-search, bilibili_hot_search.
        nullif(trim(regexp_replace(lower(printed), '[^a-z0-9]+', '_', 'g'), '_'), '')
    ) AS board
FROM (SELECT DISTINCT source AS printed FROM printed WHERE source IS NOT NULL);
