import shutil
from pathlib import Path

import pytest

from crawlers.child import PROJECT


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a board needs, so that nothing is written into this tree."""
    root = tmp_path_factory.mktemp("copy")
    skip = shutil.ignore_patterns("__pycache__")
    for name in ("crawlers", "pipelines", "tests/boards", "tests/crawlers"):
        shutil.copytree(PROJECT / name, root / name, ignore=skip)
    for name in ("scrapy.cfg", "pyproject.toml", "tests/__init__.py", "tests/examples.py"):
        shutil.copy(PROJECT / name, root / name)
    return root
