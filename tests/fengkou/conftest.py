from pathlib import Path

import pytest

from fengkou.home import Home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home, which the environment names."""
    monkeypatch.setenv("FENGKOU_HOME", str(tmp_path / "home"))
    return Home.from_environment()
