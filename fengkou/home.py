"""Where Fengkou keeps what it makes: everything under one folder, named by FENGKOU_HOME."""

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from crawlers.durable_file import read_plain
from fengkou.errors import SettingError
from pipelines.text.lexicon import parse_words

log = logging.getLogger(__name__)

HOME_VARIABLE = "FENGKOU_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds landing, hands, warehouse, published, digests and Dagster's own files."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Home":
        """FENGKOU_HOME, or ``var`` in the present folder. Raises SettingError for ``~`` of no user.

        Read apart from the other settings, for any text is a folder, and the status must come at once.
        """
        said = os.environ.get(HOME_VARIABLE) or "var"
        try:
            return cls(Path(said).expanduser().absolute())
        except RuntimeError:  # pathlib knows no such user
            raise SettingError(
                f"{HOME_VARIABLE}: found {said!r}, and this machine knows no home of that user. Expected a "
                "folder: write its whole path."
            ) from None

    @property
    def landing(self) -> Path:
        return self.root / "landing"

    @property
    def listed_words(self) -> tuple[str, ...]:
        """The lines of words.txt, words that are cut whole; ' #' begins a comment. May be missing."""
        file = self.root / "words.txt"
        try:
            return parse_words(read_plain(file).decode("utf-8-sig"))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as error:
            # Words that cannot be read are as none: titles are cut by the dictionaries all the same.
            log.warning(
                "words.txt is taken as empty: write one word a line, in UTF-8",
                extra={"file": file, "found": error},
            )
            return ()

    @property
    def hands(self) -> Path:
        """What people said of topics, a file each."""
        return self.root / "hands"

    @property
    def desks(self) -> Path:
        """A file a desk, written by its operators."""
        return self.root / "desks"

    @property
    def desk_ledger(self) -> Path:
        """What desks were told, and what came of each message."""
        return self.root / "desk.db"

    @property
    def desk_events(self) -> Path:
        """What desks were told, landed for the warehouse."""
        return self.root / "desk_events"

    @property
    def desk_texts(self) -> Path:
        """Every text by which a desk ever ran."""
        return self.root / "desk_texts"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def digests(self) -> Path:
        return self.root / "digests"

    @property
    def dagster(self) -> Path:
        return self.root / "dagster"

    @property
    def simulated(self) -> "Home":
        """Where the line is tried on boards that are simulated: made afresh by each trial."""
        return Home(self.root / "simulated")
