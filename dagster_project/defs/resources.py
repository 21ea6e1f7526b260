"""What the assets are handed: the home folder, read from the environment."""

from pathlib import Path

import dagster as dg

from fengkou.home import Home


class HomeResource(dg.ConfigurableResource[None]):
    """The folder that holds all state; empty means FENGKOU_HOME, or ./var."""

    root: str = ""

    def home(self) -> Home:
        """The home that was configured."""
        return Home(Path(self.root)) if self.root else Home.from_environment()
