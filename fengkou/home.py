"""Where Fengkou keeps what it makes: everything under one folder, named by FENGKOU_HOME."""

import os
from dataclasses import dataclass
from pathlib import Path

from pipelines.text.lexicon import parse_words

DAGSTER_SETTINGS = """\
# Written by Fengkou when missing; yours to change.
telemetry:
  enabled: false
run_coordinator:
  module: dagster.core.run_coordinator
  class: QueuedRunCoordinator
  config:
    max_concurrent_runs: 2
    # DuckDB takes one writing process: the others wait in the queue, not at the lock.
    tag_concurrency_limits:
      - key: fengkou/writes
        limit: 1
"""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds landing, warehouse, published, digests and Dagster's own files."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Home":
        """FENGKOU_HOME, or ``var`` in the present folder."""
        return cls(Path(os.environ.get("FENGKOU_HOME") or "var").expanduser().absolute())

    @property
    def landing(self) -> Path:
        return self.root / "landing"

    @property
    def listed_words(self) -> tuple[str, ...]:
        """The lines of words.txt, words that are cut whole; '#' begins a comment. May be missing."""
        file = self.root / "words.txt"
        return parse_words(file.read_text(encoding="utf-8-sig")) if file.exists() else ()

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

    def prepare_dagster(self) -> Path:
        """Dagster's folder, with settings in it; the folder is returned."""
        self.dagster.mkdir(parents=True, exist_ok=True)
        settings = self.dagster / "dagster.yaml"
        if not settings.exists():
            settings.write_text(DAGSTER_SETTINGS, encoding="utf-8")
        return self.dagster
