"""Labelled pairs of titles for the rule of "one story": drawn, read, kept as hashes, measured."""
