"""Pure functions from entries to digests: no input or output, no clock, no environment."""
