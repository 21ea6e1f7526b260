-- The ranked rows of archives, for replay: an instant (microseconds UTC), its source, title, rank and heat.
SELECT
    source AS board,
    epoch_us(captured_at::TIMESTAMP) AS captured_at,
    title,
    rank::DOUBLE AS rank,
    try_cast(heat AS DOUBLE) AS heat
FROM read_parquet($files::VARCHAR[], union_by_name = TRUE)
WHERE rank IS NOT NULL AND title IS NOT NULL AND captured_at IS NOT NULL
