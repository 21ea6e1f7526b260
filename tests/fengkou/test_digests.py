"""The newest digest stands at an address that stays; a past one does not take its place."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fengkou.digests import write_digest
from pipelines.digest.contents import Period
from pipelines.digest.render.formats import Format
from pipelines.language import Language
from tests.pipelines.digest.made_digests import DIGEST

NEWER = replace(DIGEST, at=DIGEST.at + timedelta(hours=1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    folder.mkdir()
    return folder


def latest(folder: Path, name: str) -> str:
    at: str = json.loads((folder / "latest" / f"{name}.json").read_bytes())["at"]
    return at


def test_latest_is_the_newest_whichever_is_written_last(folder: Path) -> None:
    newer = write_digest(NEWER, folder, Language.ZH)
    write_digest(DIGEST, folder, Language.ZH)
    assert latest(folder, DIGEST.period) == NEWER.at.isoformat()
    for ending in newer.files.keys() - {Format.ATOM}:  # a feed tells the stories of both
        file = newer.files[ending]
        assert (folder / "latest" / f"{DIGEST.period}.{ending}").read_bytes() == file.read_bytes()


def test_periods_and_languages_have_their_own_address(folder: Path) -> None:
    for period in Period:
        write_digest(replace(DIGEST, period=period), folder, Language.EN)
    assert {file.name for file in (folder / "latest").glob("*.json")} == {
        "day.en.json",
        "hour.en.json",
    }


@pytest.mark.parametrize(
    "damaged", [b"", b"[]", b'{"at": 3}', b'{"at": "2025-01-01T00:00"}', b"\xff"]
)
def test_a_damaged_latest_is_replaced(folder: Path, damaged: bytes) -> None:
    (folder / "latest").mkdir()
    (folder / "latest" / f"{DIGEST.period}.json").write_bytes(damaged)
    write_digest(DIGEST, folder, Language.ZH)
    assert latest(folder, DIGEST.period) == DIGEST.at.isoformat()
