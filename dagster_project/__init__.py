"""The top of the house: the steps of the line, their Dagster assets and the command line."""
