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
    """A model that comes with the code: what it is called, and the file of a package that it is."""

    name: str
    package: str
    file: str

    def fingerprint(self) -> str:
        packed = files(self.package).joinpath(self.file).read_bytes()
        return f"{self.name} {md5(packed, usedforsecurity=False).hexdigest()}"


STARTING_MODEL = ShippedModel("starting model", "pipelines.forecast", "starting_model.json.gz")
"""The forecasting model that speaks until a warehouse has learnt its own."""

CATEGORY_WEIGHTS = ShippedModel("category weights", "pipelines.topics", "category_weights.npz")
"""What tells the category of a title beside the listed words."""

FOLDING = (Library("opencc"),)
"""What folds a title: its table of script variants."""

CUTTING = (*FOLDING, Library("rjieba"), WordList("stop"), WordList("user"))
"""What cuts a title into words, beside the words that it found itself."""
