"""What people read in: Chinese by default, English by option."""

from enum import StrEnum


class Language(StrEnum):
    """What a digest is written in; Chinese is the default everywhere."""

    ZH = "zh"
    EN = "en"
