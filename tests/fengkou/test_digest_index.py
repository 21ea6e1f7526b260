"""The index of a folder leads to every digest in it and stays bounded: older months have their own pages."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from fengkou.digests import write_digest
from pipelines.digest.contents import Period
from pipelines.language import Language
from tests.pipelines.digest.made_digests import DIGEST

AT = datetime.fromisoformat("2025-03-01T09:00+08:00")


def write(folder: Path, *days: int, language: Language = Language.ZH) -> Path:
    for day in days:
        write_digest(replace(DIGEST, at=AT + timedelta(days=day)), folder, language)
    return folder


def linked(page: Path) -> set[str]:
    """The digests that a page leads to."""
    return {
        str(link["href"])
        for link in BeautifulSoup(page.read_bytes(), "lxml").select(".issue, .whole a")
    }


def pages(folder: Path) -> set[str]:
    return {page.name for page in folder.glob("*.html")}


def test_every_digest_is_led_to_and_every_link_leads_to_one(tmp_path: Path) -> None:
    folder = write(tmp_path, 0, 1, 3)
    write_digest(replace(DIGEST, at=AT, period=Period.DAY), folder, Language.ZH)
    assert pages(folder) == {"index.html"}
    written = {
        page.relative_to(folder).as_posix()
        for period in Period
        for page in (folder / period).glob("*.html")
        if ".mail." not in page.name
    }
    assert {link.partition("#")[0] for link in linked(folder / "index.html")} == written


def test_days_before_the_last_month_stand_on_the_pages_of_their_months(tmp_path: Path) -> None:
    folder = write(tmp_path, 0, 20, 35, 70)
    assert pages(folder) == {"index.html", "2025-03.html", "2025-04.html"}
    assert linked(folder / "index.html") == {"hour/2025-05-10T0900.html"}
    assert linked(folder / "2025-03.html") == {
        "hour/2025-03-01T0900.html",
        "hour/2025-03-21T0900.html",
    }
    months = BeautifulSoup((folder / "index.html").read_bytes(), "lxml").select("nav a")
    assert [link["href"] for link in months][-2:] == ["2025-04.html", "2025-03.html"]


def test_a_past_digest_is_added_to_the_page_of_its_month_and_no_other_is_written(
    tmp_path: Path,
) -> None:
    folder = write(tmp_path, 0, 35, 70)
    april = (folder / "2025-04.html").stat().st_ino
    write(folder, 5)
    assert "hour/2025-03-06T0900.html" in linked(folder / "2025-03.html")
    assert (folder / "2025-04.html").stat().st_ino == april


@pytest.mark.parametrize("order", [(0, 5, 35, 70), (70, 35, 5, 0), (35, 70, 0, 5, 35)])
def test_the_pages_are_the_same_whichever_was_written_last(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    undisturbed, folder = write(tmp_path / "a", 0, 5, 35, 70), write(tmp_path / "b", *order)
    for name in pages(undisturbed):
        assert (folder / name).read_bytes() == (undisturbed / name).read_bytes()


def test_a_language_has_an_index_of_its_own_digests(tmp_path: Path) -> None:
    folder = write(tmp_path, 0)
    write(folder, 1, language=Language.EN)
    assert linked(folder / "index.html") == {"hour/2025-03-01T0900.html"}
    assert linked(folder / "index.en.html") == {"hour/2025-03-02T0900.en.html"}


def test_pages_are_as_open_as_their_folder(tmp_path: Path) -> None:
    folder = tmp_path / "digests"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    write(folder, 0)
    for file in (folder / "index.html", folder / "latest" / "hour.atom"):
        assert file.stat().st_mode & 0o777 == 0o644
