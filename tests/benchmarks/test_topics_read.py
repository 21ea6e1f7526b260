"""Topics are drawn by the hashes of their titles, and verdicts are kept without a title."""

import csv
from pathlib import Path

import pytest

from benchmarks import topics_read
from benchmarks.topics_read import Drawn, ReadTopic
from fengkou.home import Home


@pytest.fixture(scope="module")
def topics(simulated_home: Path) -> list[Drawn]:
    return topics_read.drawn(Home(simulated_home), 5)


def test_topics_are_drawn_in_the_order_of_their_hashes(
    topics: list[Drawn], simulated_home: Path
) -> None:
    assert len(topics) == 5
    assert topics == sorted(topics_read.drawn(Home(simulated_home), 1_000), key=_hash)[:5]
    for topic in topics:
        assert len({title for _, title in topic.told}) >= 3
        assert len({source for source, _ in topic.told}) >= 2


def test_what_was_read_is_kept_as_hashes_and_told(topics: list[Drawn], tmp_path: Path) -> None:
    sheet, kept = tmp_path / "sheet.csv", tmp_path / "kept.csv"
    topics_read.write_sheet(topics, sheet)
    with sheet.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    rows[0] |= {"verdict": "story"}
    rows[1] |= {"verdict": "stranger", "kind": "another match"}
    with sheet.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    assert topics_read.keep(sheet, kept) == topics_read.keep(sheet, kept) == 2
    verdicts = topics_read.read_verdicts(kept)
    assert verdicts[topics[1].topic] == ReadTopic(
        topics[1].topic, len(topics[1].told), "stranger", "another match"
    )
    assert "5 topics" in topics_read.told(topics, verdicts)
    assert "2 read, 50.0% of these with a stranger: 1 another match" in topics_read.told(
        topics, verdicts
    )
    words = kept.read_text(encoding="utf-8")
    assert not any(title in words for topic in topics for _, title in topic.told)


def test_a_verdict_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("topic,titles,verdict,kind\n00aa,3,perhaps,\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 2: .perhaps. is no verdict\. Write one of story"):
        topics_read.read_verdicts(kept)


def test_the_projects_own_verdicts_are_read() -> None:
    assert {each.verdict for each in topics_read.read_verdicts().values()} <= {
        *topics_read.VERDICTS
    }


def _hash(topic: Drawn) -> str:
    return topic.topic
