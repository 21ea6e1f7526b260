"""What people read in: Chinese by default, every other language that has a catalogue by option."""

from enum import StrEnum
from pathlib import Path

MESSAGES = Path(__file__).parent / "messages"


class Language(StrEnum):
    """What a digest is written in: one for each folder of ``pipelines/messages`` with a catalogue."""

    _ignore_ = "members code"

    ZH = "zh"
    EN = "en"

    members = vars()
    for code in sorted(file.parts[-3] for file in MESSAGES.glob("*/LC_MESSAGES/*.po")):
        if code.upper() not in members:
            members[code.upper()] = code

    def choose(self, zh: str, en: str) -> str:
        """Of what is told in these two alone, such as the names of boards: English for all but Chinese."""
        return zh if self is Language.ZH else en
