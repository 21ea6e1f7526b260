"""A boards.toml of one board, in which the catalogue looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.boards import boards_toml
from tests.crawlers.boards.example_board import WHOLE


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "boards.toml"
    path.write_text(WHOLE, encoding="utf-8")
    with boards_toml.using(path):
        yield path
