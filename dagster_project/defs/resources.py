"""What the assets are handed. No run's configuration can change it: it names no folder and no host."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import dagster as dg

from fengkou.home import Home
from fengkou.private_files import keep_private


@dataclass(frozen=True, slots=True)
class WhereStateIs:
    """The folder that holds all state; None means FENGKOU_HOME, or ./var, as the environment says then."""

    root: Path | None = None

    def home(self) -> Home:
        """The home to work in; what is made in it from now on is its owner's alone."""
        keep_private()  # under dagster dev no command of ours begins
        return Home(self.root) if self.root else Home.from_environment()


@dataclass(frozen=True, slots=True)
class WhereBoardsAre:
    """Where boards are fetched: their own hosts, now; or a server of simulated ones, as of some instants."""

    simulated_origin: str | None = None
    instants: Sequence[datetime] = ()


HomeResource = dg.ResourceParam[WhereStateIs]
HostsResource = dg.ResourceParam[WhereBoardsAre]
