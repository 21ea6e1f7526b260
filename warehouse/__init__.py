"""The one place that knows DuckDB: raw facts, rebuildable models, the published copy."""
