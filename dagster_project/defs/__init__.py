"""What Dagster sees: assets, checks, jobs and schedules, one module for each layer of the line."""
