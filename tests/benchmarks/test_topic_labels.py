"""Pairs for the rule of one story: found by kind, drawn the same way again, kept without their titles."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.topic_labels import draw, kept, measured, past, weak
from benchmarks.topic_labels.kept import LabelledPair, key
from benchmarks.topic_labels.kinds import Told, kind_of
from pipelines.text.titles import clean_title, comparable, fold_title
from pipelines.text.tokens import tokenise
from pipelines.topics.contradictions import Word
from pipelines.topics.similarity import NewItem

START = datetime(2025, 5, 20, 4)  # noqa: DTZ001 - naive UTC, as in the warehouse

LINES = (
    # hours, source, title, address
    (0, "weibo", "青禾队3比1战胜北岚队", None),
    (0, "weibo", "海豚湾灯塔亮了三百年", None),
    (1, "baidu", "北岚队1比3不敌青禾队", None),
    (2, "thepaper", "青禾外卖员跳河救起落水儿童", "https://www.thepaper.cn/newsDetail_forward_1"),
    (3, "thepaper", "青禾外卖员跳河救人,当地回应", "https://www.thepaper.cn/newsDetail_forward_1"),
    (4, "baidu", "青禾外卖员跳河救起落水女童", None),
    (200, "weibo", "青禾队4比2战胜北岚队", None),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hours, sources, titles, addresses = zip(*LINES, strict=True)
    file = tmp_path_factory.mktemp("archives") / "made.parquet"
    columns = {
        "source": sources,
        "captured_at": [(START + timedelta(hours=hour)).isoformat() + "Z" for hour in hours],
        "rank": pa.array([None] * len(LINES), pa.int32()),
        "title": titles,
        "url": addresses,
    }
    pq.write_table(pa.table(columns), file)
    return file


@pytest.fixture(scope="module")
def read(archive: Path) -> past.Past:
    return past.read(archive, archive.parent)


def told(title: str, source: str = "weibo") -> Told:
    cleaned = clean_title(title)
    words = (Word(t.token, t.part_of_speech) for t in tokenise(cleaned) if t.is_keyword)
    item = NewItem(1, START, source, fold_title(cleaned), tuple(dict.fromkeys(words)))
    return Told(item, comparable(cleaned))


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("青禾队3比1战胜北岚队", "北岚队1比3不敌青禾队", "mirrored"),
        ("青禾队3比1战胜北岚队", "青禾队2比0战胜樊山队", "two_matches"),
        ("青禾队联赛6连胜", "青禾队联赛7连胜", "in_a_row"),
        ("青禾U16夺冠", "青禾U17首战告捷", "age_group"),
        ("现货黄金日内涨2%", "现货白银日内涨2%", "session"),
        ("外交部:灯塔应当修复", "外交部:桥梁不应拆除", "one_speaker"),
        ("如何评价《灯塔》的结局", "《灯塔》票房过亿", "one_work"),
    ],
)
def test_a_kind_is_found_whichever_title_stands_first(first: str, second: str, kind: str) -> None:
    assert kind_of(told(first), told(second)) == kind == kind_of(told(second), told(first))


def test_a_draw_is_the_same_again_and_holds_no_barred_title(read: past.Past) -> None:
    pairs = list(draw.held(read, "a seed", ()))
    assert pairs
    assert pairs == list(draw.held(read, "a seed", ()))
    barred = [read.told[pair.later].item for pair in pairs]
    assert not [*draw.held(read, "a seed", [(item.source, item.folded_title) for item in barred])]


def test_what_checks_shares_no_topic_with_what_is_learnt(read: past.Past) -> None:
    (rescue,) = (p for p in draw.held(read, "", ()) if "女童" in read.told[p.later].title)
    weeks = (START, START + timedelta(weeks=1))
    learnt, checking = sorted(weeks, key=lambda at: kept.split_of(kept.week_of(at)) == "check")
    ids = (rescue.earlier, rescue.later)
    first, second = (
        replace(rescue, earlier=100 + n, later=100 + n, order=f"{n}") for n in range(2)
    )
    moved = past.Past(
        "",
        {
            100 + n: Told(
                replace(read.told[ids[1]].item, first_seen_at=at), read.told[ids[1]].title
            )
            for n, at in enumerate((learnt, checking))
        },
        {100: 1, 101: 1},
    )
    assert draw.splits(moved, [first]) == {first: "learn"}
    assert draw.splits(moved, [first, second]) == {first: "learn", second: "neither"}
    apart = replace(moved, topic_of={100: 1, 101: 2})
    assert draw.splits(apart, [first, second]) == {first: "learn", second: "check"}


def test_a_walk_through_the_past_weighs_what_grouping_weighed(read: past.Past) -> None:
    first, second = ((source, fold_title(title)) for _, source, title, _ in (LINES[0], LINES[2]))
    pair = LabelledPair(key(*first), key(*second), "2025-W21", 1, "mirrored", "same", "", "learn")
    (found,) = measured.judged(read, [pair])
    assert found.earlier.item.folded_title == first[1]
    assert {figure.name: figure.value for figure in found.evidence.figures}["are_opposite"] == 0
    assert "北岚" in found.later.title


def test_an_archive_says_what_was_retitled_and_what_came_together_or_far_apart(
    archive: Path,
    read: past.Past,
) -> None:
    said = {(p.why.split(",")[0], p.label) for p in weak.of_archive(archive, archive.parent)}
    assert said == {
        ("one address", "same"),
        ("new lines of one capture", "other"),
        ("alike but for numbers", "other"),
    }


def labelled(labels: Sequence[tuple[str, str]]) -> list[LabelledPair]:
    return [LabelledPair("", "", "2025-W21", 1, "alike", *two, "learn") for two in labels]


def test_agreement_is_counted_over_what_was_read_twice() -> None:
    pairs = labelled([("same", "same"), ("other", "other"), ("same", "other"), ("same", "same")])
    count, alike, kappa = measured.agreement([*pairs, *labelled([("part", "")])])
    # By chance 3/4 * 1/2 + 1/4 * 1/2 would agree.
    assert (count, alike) == (4, 0.75)
    assert kappa == pytest.approx(0.5)


def test_labels_are_read_as_they_were_written_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    kept.write_labels(labelled([("same", "part")]), file)
    assert kept.read_labels(file) == labelled([("same", "part")])
    kept.write_labels(labelled([("like", "")]), file)
    with pytest.raises(ValueError, match=r"line 2: 'like' is no label. Write one of same"):
        kept.read_labels(file)


def test_the_projects_labels_hold_no_title() -> None:
    text = kept.KEPT.read_text(encoding="utf-8")
    assert text.isascii()
    pairs = kept.read_labels()
    assert len({(pair.earlier, pair.later) for pair in pairs}) == len(pairs) > 3_600
    assert all(re.fullmatch(r"[0-9a-f]{16}", each) for p in pairs for each in (p.earlier, p.later))
    assert {pair.split for pair in pairs} <= {*kept.SPLITS}
