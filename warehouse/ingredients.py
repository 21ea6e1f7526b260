"""What shapes a table's rows beside its own rule: libraries, word lists, the model that ships.

A new release of a tokeniser cuts other words with the same code. So a table names what it is made with,
and is made again when that changes.
"""

from dataclasses import dataclass
from hashlib import md5
from importlib.metadata import version
from importlib.resources import files
from typing import Protocol

from pipelines.text.lexicon import read_words


class Ingredient(Protocol):
    """Something that rows depend on and that changes without our code."""

    def fingerprint(self) -> str:
        """Another text whenever it is another thing."""
        ...


@dataclass(frozen=True, slots=True)
class Library:
    """A distribution by its name on the package index."""

    name: str

    def fingerprint(self) -> str:
        return f"{self.name} {version(self.name)}"


@dataclass(frozen=True, slots=True)
class WordList:
    """A file of ``pipelines/text/lexicon``: its words count, and no comment or order of lines."""

    name: str

    def fingerprint(self) -> str:
        words = "\n".join(sorted(read_words(self.name)))
        return f"{self.name} {md5(words.encode(), usedforsecurity=False).hexdigest()}"


@dataclass(frozen=True, slots=True)
class ShippedModel:
    """The forecasting model that speaks until a warehouse has learnt its own."""

    def fingerprint(self) -> str:
        packed = files("pipelines.forecast").joinpath("starting_model.json.gz").read_bytes()
        return f"starting model {md5(packed, usedforsecurity=False).hexdigest()}"


FOLDING = (Library("opencc"),)
"""What folds a title: its table of script variants."""

CUTTING = (*FOLDING, Library("rjieba"), WordList("stop"), WordList("user"))
"""What cuts a title into words, beside the words that it found itself."""
