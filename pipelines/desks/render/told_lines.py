"""Lines of a message before any chat's markup: words and links, and what shows of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text. ``is_firm``: stays whole where a message is cut, as a rule with the words that it hit."""

    text: str
    is_strong: bool = False
    is_firm: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Plain text that leads to an address, which ``web_link`` let pass."""

    text: str
    url: str


Atom = Words | Link
Line = tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one part of a message shows: the decision, lines below it, and whose it is."""

    heading: str
    lines: tuple[Line, ...]
    signed: str

    @property
    def whole(self) -> tuple[Line, ...]:
        """All of it as lines, the heading strong."""
        return ((Words(self.heading, is_strong=True),), *self.lines, (Words(self.signed),))


def spaced(atoms: Sequence[Atom], between: str) -> Line:
    """The atoms with a text between each two."""
    line: list[Atom] = []
    for atom in atoms:
        line += [Words(between), atom] if line else [atom]
    return tuple(line)
