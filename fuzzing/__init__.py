"""Every reader of what others wrote, tried with what nobody would write: ``python -m fuzzing``."""
