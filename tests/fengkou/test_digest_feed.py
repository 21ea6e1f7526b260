"""The feed is made of the digests alone: what was killed, lost or written late leaves no trace."""

import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from fengkou.digests import write_digest
from pipelines.digest.contents import Digest, Section
from pipelines.language import Language
from tests.pipelines.digest.made_digests import DIGEST, LIFE, TOPIC
from tests.warehouse.captures import CHILDREN

FERRY = replace(TOPIC, topic_id=18, title="渡口停航")


def digest(hour: int, *cards: object, **changed: object) -> Digest:
    at = DIGEST.at + timedelta(hours=hour)
    return replace(DIGEST, at=at, since=at, topics=cards, **changed)  # type: ignore[arg-type]


DIGESTS = (
    digest(0, TOPIC),
    digest(1, TOPIC, FERRY),
    digest(2, replace(FERRY, section=Section.TOP, life=replace(LIFE, best_rank=1))),
    digest(3, replace(FERRY, topic_id=4, former_ids=(18,), life=replace(LIFE, list_count=8))),
)


def folder_of(folder: Path, *digests: Digest, served_at: str | None = None) -> Path:
    for each in digests:
        write_digest(each, folder, Language.ZH, served_at)
    return folder


def feed(folder: Path) -> bytes:
    return (folder / "latest" / "hour.atom").read_bytes()


def entries(folder: Path) -> list[tuple[str, str, str]]:
    """The number of each entry, its title, and the hour that it was updated."""
    return [
        (
            entry.findtext("{*}id").rpartition("/")[2],
            entry.findtext("{*}title"),
            entry.findtext("{*}updated")[11:13],
        )
        for entry in etree.fromstring(feed(folder)).findall("{*}entry")
    ]


def test_an_entry_stays_when_the_newest_digest_no_longer_tells_it(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "digests", *DIGESTS)
    assert entries(folder) == [
        ("18", FERRY.title, "04"),
        (str(TOPIC.topic_id), TOPIC.title, "01"),
    ]
    assert "24 小时里 8 个榜" in feed(folder).decode()


def test_a_digest_that_is_written_late_is_in_the_feed_as_if_it_had_not_been(tmp_path: Path) -> None:
    undisturbed = folder_of(tmp_path / "a", *DIGESTS)
    late = folder_of(tmp_path / "b", *(DIGESTS[n] for n in (3, 0, 2, 1, 1)))
    assert feed(late) == feed(undisturbed)


def test_what_is_kept_of_digests_is_made_anew_where_it_is_lost_or_damaged(tmp_path: Path) -> None:
    undisturbed = folder_of(tmp_path / "a", *DIGESTS)
    folder = folder_of(tmp_path / "b", *DIGESTS[:3])
    (kept,) = (folder / "told").iterdir()
    kept.write_bytes(b'{"lines": [3')
    folder_of(folder, DIGESTS[3])
    assert feed(folder) == feed(undisturbed)
    assert FERRY.title in kept.read_text(encoding="utf-8")


def test_a_digest_that_is_replaced_is_read_again(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "a", digest(0, FERRY), *DIGESTS[1:], DIGESTS[0])
    assert feed(folder) == feed(folder_of(tmp_path / "b", *DIGESTS))


@pytest.mark.parametrize("ending", ["json", "atom"])
def test_a_damaged_digest_is_named_and_the_others_are_told(
    tmp_path: Path, ending: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder = folder_of(tmp_path / "digests", *DIGESTS[:2])
    (damaged,) = (folder / "hour").glob(f"*T0900.{ending}")
    damaged.write_bytes(b"<feed")
    with caplog.at_level("WARNING", logger="fengkou"):
        folder_of(folder, digest(4))
    assert ("18", FERRY.title, "02") in entries(folder)
    assert {getattr(record, "file", None) for record in caplog.records} == {damaged}


def test_a_feed_names_its_own_address_where_it_is_known(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "a", *DIGESTS, served_at="https://example.org/fengkou")
    links = etree.fromstring(feed(folder)).findall("{*}link")
    assert {link.get("rel"): link.get("href") for link in links} == {
        "self": "https://example.org/fengkou/latest/hour.atom",
        "alternate": "https://example.org/fengkou/latest/hour.html",
    }
    assert b'rel="self"' not in feed(folder_of(tmp_path / "b", *DIGESTS))


def _killed_at_file(folder: str, number: int) -> None:
    """Write the last digest, and be killed before the file of that number, from 1, is there."""
    left = [number]

    def before(event: str, _: object) -> None:
        if event == "os.rename":
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(before)
    write_digest(DIGESTS[-1], Path(folder), Language.ZH)


@pytest.mark.slow
def test_after_a_kill_before_any_file_the_next_writing_leaves_what_an_undisturbed_one_would(
    tmp_path: Path,
) -> None:
    undisturbed = files(folder_of(tmp_path / "undisturbed", *DIGESTS))
    number = 0
    while True:
        number += 1
        folder = folder_of(tmp_path / str(number), *DIGESTS[:-1])
        child = CHILDREN.Process(target=_killed_at_file, args=(str(folder), number))
        child.start()
        child.join()
        if not child.exitcode:
            break
        assert child.exitcode == -signal.SIGKILL
        assert etree.fromstring(feed(folder)).findall("{*}entry")
        assert files(folder_of(folder, DIGESTS[-1])) == undisturbed
    assert number > len(undisturbed) / len(DIGESTS)


@pytest.mark.slow
def test_digests_that_are_written_at_once_are_all_told(tmp_path: Path) -> None:
    undisturbed = files(folder_of(tmp_path / "undisturbed", *DIGESTS))
    children = [
        CHILDREN.Process(target=folder_of, args=(tmp_path / "at_once", each)) for each in DIGESTS
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * len(DIGESTS)
    assert files(tmp_path / "at_once") == undisturbed


def files(folder: Path) -> dict[str, bytes]:
    """What is there for readers, by its place."""
    found = (file for file in folder.rglob("*") if file.is_file() and file.name[0] != ".")
    places = {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}
    return {place: content for place, content in places.items() if not place.startswith("told/")}
