"""Where a topic is in its life."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a topic is in its life, by what is expected of it."""

    BUDDING = "budding"
    RISING = "rising"
    BURSTING = "bursting"
    PEAK = "peak"
    FADING = "fading"
