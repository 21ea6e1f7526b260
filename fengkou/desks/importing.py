"""A desk out of TrendRadar's frequency_words.txt."""

from dataclasses import dataclass
from pathlib import Path

from fengkou.desks.desk_file import read_desk, read_text
from fengkou.desks.desk_folder import known_now
from fengkou.desks.desk_text import written
from fengkou.desks.examples import write_desk
from fengkou.desks.written_words import WIDE_COMMA
from fengkou.errors import FengkouError
from fengkou.home import Home
from pipelines.desks.desk import Desk
from pipelines.desks.frequency_words import Finding, imported


class NoRuleError(FengkouError):
    """A file of words that looks for nothing."""


@dataclass(frozen=True, slots=True)
class ImportedDesk:
    """The new desk's file, and the lines of the words' file that meant otherwise than they looked."""

    file: Path
    desk: Desk
    findings: tuple[Finding, ...]


def import_words(home: Home, words: Path, name: str) -> ImportedDesk:
    """Write the desk that a file of words makes into ``desks/`` of a home.

    Raises NoRuleError, DeskThereError, DeskFaultyError for a name that is none, OSError.
    """
    found = imported(read_text(words))
    if not found.rules:
        raise NoRuleError(
            f"{words}: found no group that looks for a word, expected one. Groups after [GLOBAL_FILTER] are "
            "filters until [WORD_GROUPS] stands above them."
        )
    none_of = _phrased(list(found.none_of))
    rules = [{key: _phrased(said) for key, said in rule.items()} for rule in found.rules]
    text = written({"desk": name, "not": none_of, "watch": rules})
    desk = read_desk(text, home.desks / f"{name}.yaml", known_now())
    return ImportedDesk(write_desk(home, name, text), desk, found.findings)


def _phrased(said: object) -> object:
    """Words with a Chinese comma are one word in such a file: here they are phrases."""
    if not isinstance(said, list):
        return said
    return [
        f'"{term}"' if isinstance(term, str) and WIDE_COMMA.search(term) else term for term in said
    ]
