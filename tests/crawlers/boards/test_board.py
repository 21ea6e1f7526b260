import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import catalog
from crawlers.authoring.fixtures import page_file, to_lines
from crawlers.boards.board import JsonBoard
from crawlers.boards.decode import decode
from crawlers.boards.errors import CatalogError, PageError
from crawlers.boards.reading import at
from crawlers.landing import read, write
from pipelines.captures import Entry, Kind, Outcome, Status
from tests.examples import examples

CASES = Path(__file__).parents[2] / "boards"
PAGE_KINDS = {name: board.page_kind for name, board in catalog.boards().items()}
JSON_BOARDS = [name for name, kind in PAGE_KINDS.items() if kind == "json"]


def page_of(name: str) -> bytes:
    return page_file(CASES / name).read_bytes()


def reason_of(name: str, body: bytes, **how: str) -> str:
    with pytest.raises(PageError) as caught:
        catalog.board(name).parse_page(body, **how)
    assert caught.value.detail
    return caught.value.reason


@pytest.mark.parametrize("name", catalog.names())
def test_a_board_has_a_test_case(name: str) -> None:
    folder = CASES / name
    missing = [
        file
        for file in (page_file(folder), folder / "entries.jsonl", folder / "about.toml")
        if not file.exists()
    ]
    assert not missing, (
        f"{missing[0]} is missing. Save a page as {folder}/page.json (or .html, .xml), write down "
        f"what it reads as in entries.jsonl (see: fengkou parse {name} PAGE), and about.toml. "
        "`scrapy newboard` writes all three for a new board."
    )
    assert tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))["why"]


@pytest.mark.parametrize("name", catalog.names())
def test_a_page_reads_as_its_entries(name: str) -> None:
    page = catalog.board(name).parse_page(page_of(name))
    expected = (CASES / name / "entries.jsonl").read_text(encoding="utf-8")
    assert to_lines(page.entries).splitlines() == expected.splitlines()


def test_no_test_case_is_left_of_a_board_that_is_gone() -> None:
    assert {folder.name for folder in CASES.iterdir() if folder.is_dir()} == set(catalog.names())


def test_facts_say_what_callers_need() -> None:
    weibo = next(fact for fact in catalog.facts() if fact.name == "weibo_side_hotsearch")
    assert (weibo.source, weibo.kind, weibo.archive_names) == ("weibo", "json", ("weibo",))


def test_an_unknown_board_is_named_with_those_there_are() -> None:
    with pytest.raises(CatalogError, match="weibo_side_hotsearch"):
        catalog.board("weibo_no_such")


@pytest.mark.parametrize("name", catalog.names())
def test_a_login_wall_is_told_as_one(name: str) -> None:
    wall = "<html><head><title>Sina Visitor System</title></head><body></body></html>"
    assert reason_of(name, wall.encode()) == "login_wall"


@pytest.mark.parametrize("name", catalog.names())
def test_an_empty_list_is_not_a_list(name: str) -> None:
    assert reason_of(name, catalog.board(name).render([])) in {"empty_list", "wrong_shape"}


@pytest.mark.parametrize("name", JSON_BOARDS)
def test_an_empty_json_list_is_told_as_one(name: str) -> None:
    assert reason_of(name, catalog.board(name).render([])) == "empty_list"


@pytest.mark.parametrize("name", JSON_BOARDS)
def test_json_that_is_cut_off_is_told_as_such(name: str) -> None:
    assert reason_of(name, page_of(name)[:-40]) == "truncated_json"


@pytest.mark.parametrize("name", JSON_BOARDS)
def test_a_page_where_json_should_be_is_told_as_such(name: str) -> None:
    assert reason_of(name, b"<html><body>moved</body></html>") == "not_json"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty_body"),
        (b" \n", "empty_body"),
        ('{"ok":0,"msg":"这里还没有内容","data":{"cards":[]}}'.encode(), "soft_error"),
        (b'{"ok":-100,"url":"https://weibo.com/login.php?url=x"}', "login_wall"),
        (b'{"ok":1,"data":{"other":[1]}}', "wrong_shape"),
        (b'{"ok":1,"data":{"realtime":[{"name":"x"}]}}', "wrong_shape"),
        (b"null", "wrong_shape"),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff", "wrong_encoding"),
        (b'{"a":' * 100_000, "wrong_shape"),
    ],
)
def test_a_body_that_is_no_list_says_why(body: bytes, reason: str) -> None:
    assert reason_of("weibo_side_hotsearch", body) == reason


@pytest.mark.parametrize(
    ("field", "value", "reasons"),
    [
        ("onboard_time", "[" * 500 + "]" * 500, ["row_too_deep"]),
        ("word", '{"a":' * 500 + "1" + "}" * 500, ["row_too_deep"]),
        ("num", "9" * 5_000, []),
        ("realpos", "-" + "9" * 5_000, []),
    ],
)
def test_a_monstrous_value_costs_no_other_row(
    tmp_path: Path, field: str, value: str, reasons: list[str]
) -> None:
    document = json.loads(page_of("weibo_side_hotsearch"))
    whole = catalog.board("weibo_side_hotsearch").parse_page(page_of("weibo_side_hotsearch"))
    document["data"]["realtime"][-1][field] = "@"
    body = json.dumps(document).replace('"@"', value).encode()
    page = catalog.board("weibo_side_hotsearch").parse_page(body)
    assert [reject.reason for reject in page.rejects] == reasons
    assert len(page.entries) == len(whole.entries) - len(reasons)
    outcome = Outcome(
        "weibo_side_hotsearch", datetime.now(UTC), Status.OK, "https://example.org", page=page
    )
    assert read(write(tmp_path, outcome)).page == page


def test_an_answer_from_a_login_host_is_a_wall() -> None:
    url = "https://passport.weibo.com/visitor"
    assert reason_of("weibo_side_hotsearch", b"<html></html>", url=url) == "login_wall"


@pytest.mark.parametrize("declared", [None, "gbk", "utf-8"])
@pytest.mark.parametrize("name", JSON_BOARDS[:3])
def test_another_encoding_reads_the_same(name: str, declared: str | None) -> None:
    board = catalog.board(name)
    body = page_of(name).decode().encode("gb18030")
    assert board.parse_page(body, encoding=declared) == board.parse_page(page_of(name))


def test_one_broken_byte_does_not_make_another_encoding() -> None:
    body = page_of("weibo_side_hotsearch").replace("召".encode(), b"\xe5\x8f", 1)
    titles = [e.title for e in catalog.board("weibo_side_hotsearch").parse_page(body).entries]
    assert "青禾市地铁恢复运行" in titles


@pytest.mark.parametrize("name", JSON_BOARDS)
def test_rows_cut_out_of_their_envelope_read_the_same(name: str) -> None:
    board = catalog.board(name)
    entries = board.parse_page(page_of(name)).entries
    listed = [e for e in entries if e.kind is Kind.RANKED]
    document = at(board.load(board.render(listed).decode()), board.entries_at)
    assert isinstance(document, list)
    rows = json.dumps(document).encode()
    for body in (rows, b"callback(" + rows + b");", b"```json\n" + rows + b"\n```"):
        assert [e.title for e in board.parse_page(body).entries] == [e.title for e in listed]
    one = json.dumps(document[0]).encode()
    assert [e.title for e in board.parse_page(one).entries] == [listed[0].title]


def test_odd_titles_become_text_or_rejects() -> None:
    words = [7, 1.5, "好", None, "", "  ", ["x"], {"a": 1}, True, "长" * 10_001]
    rows = [{"word": word} for word in words]
    body = json.dumps({"data": {"realtime": [*rows, "row", None]}}).encode()
    page = catalog.board("weibo_side_hotsearch").parse_page(body)
    assert [e.title[:3] for e in page.entries] == ["7", "1.5", "好", "长长长"]
    assert [e.rank for e in page.entries] == [1, 2, 3, 4]
    assert [r.position for r in page.rejects] == [4, 5, 6, 7, 8, 9, 11, 12]
    assert all(r.reason for r in page.rejects)


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:void(0);", "ftp://x/y", "http://[", "", "#top", 7),
        *("https://me:secret@a.example/", "//me@a.example/1", "https://b.example@a.example"),
    ],
)
def test_an_address_that_leads_nowhere_is_not_landed(url: object) -> None:
    body = json.dumps({"hits": [{"title": "t", "url": url}]}).encode()
    (entry,) = catalog.board("hackernews_front").parse_page(body).entries
    assert entry.url is None or entry.url.startswith("https://news.ycombinator.com/")


def test_baidus_deeper_list_reads_like_its_shallow_one() -> None:
    board = catalog.board("baidu_board_api")
    page = json.loads(page_of("baidu_board_api"))
    card = page["data"]["cards"][0]
    pinned = {**card.pop("topContent")[0], "isTop": True}
    card["content"] = [{"content": [pinned, *card["content"]]}]
    again = board.parse_page(json.dumps(page).encode())
    assert again == board.parse_page(page_of("baidu_board_api"))


# What feeds and HTML can hold: no control characters, and white space only as single spaces.
plain = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Zs", "Co")), min_size=1
)
hostile = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "=1+1",
        "a & b &amp; c",
        "]]>",
        "'\"",
        "🎉👨\u200d👩",
        "长" * 10_001,
    ]
)


def shows(title: str) -> bool:
    """Whether a title has more than blanks and signs that nobody sees: without, its row is no entry."""
    return any(category(sign) not in {"Cc", "Cf", "Zl", "Zp", "Zs"} for sign in title)


def ranked(titles: list[str], heats: list[int]) -> list[Entry]:
    pairs = zip(titles, heats, strict=False)
    return [Entry(n, Kind.RANKED, n, t, heat=str(h)) for n, (t, h) in enumerate(pairs, start=1)]


@pytest.mark.parametrize("name", JSON_BOARDS)
@examples(15)
@given(
    titles=st.lists(st.text(min_size=1).filter(shows) | hostile, min_size=1, max_size=5),
    heats=st.lists(st.integers(1, 10**9), min_size=5, max_size=5),
)
def test_json_reads_back_what_was_rendered(name: str, titles: list[str], heats: list[int]) -> None:
    board = catalog.board(name)
    entries = ranked(titles, heats)
    page = board.parse_page(board.render(entries))
    assert [(e.position, e.rank, e.title) for e in page.entries] == [
        (e.position, e.rank, e.title) for e in entries
    ]
    printed = [e.heat for e in entries if "heat" in board.fields]
    assert [e.heat for e in page.entries if e.heat] == printed


@pytest.mark.parametrize("name", [n for n, kind in PAGE_KINDS.items() if kind != "json"])
@examples(15)
@given(
    titles=st.lists(plain | hostile, min_size=1, max_size=5),
    heats=st.lists(st.integers(1, 10**9), min_size=5, max_size=5),
)
def test_markup_reads_back_what_was_rendered(
    name: str, titles: list[str], heats: list[int]
) -> None:
    board = catalog.board(name)
    entries = ranked(titles, heats)
    page = board.parse_page(board.render(entries))
    assert [e.title for e in page.entries] == titles
    printed = [e.heat for e in entries if "heat" in board.fields]
    assert [e.heat for e in page.entries if e.heat] == printed


@examples(60)
@given(body=st.binary(max_size=200), name=st.sampled_from(catalog.names()))
def test_no_body_breaks_a_reader(body: bytes, name: str) -> None:
    try:
        catalog.board(name).parse_page(body)
    except PageError as error:
        assert error.reason  # noqa: PT017 - either a page or a reason will do


class OddBoard(JsonBoard):
    name = "odd_list"
    entries_at = "rows"
    fields = {"title": "title", "heat": "heat"}  # noqa: RUF012 - a description

    @classmethod
    def adapt(cls, row: dict[str, object]) -> dict[str, object]:
        return {**row, "title": row.get("name")}

    @classmethod
    def kind_of(cls, row: dict[str, object]) -> Kind | None:
        return Kind.PAID if str(row["title"]).startswith("广告") else None


def test_the_two_hooks_are_asked() -> None:
    page = OddBoard.parse_page('{"rows": [{"name": "甲"}, {"name": "广告乙"}]}'.encode())
    assert [(e.title, e.kind, e.rank) for e in page.entries] == [
        ("甲", Kind.RANKED, 1),
        ("广告乙", Kind.PAID, None),
    ]


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ({"is_ad": 1}, Kind.PAID),
        ({"is_ad": "1"}, Kind.PAID),
        ({"topic_ad": 1}, Kind.PAID),
        ({"is_ad": 0}, Kind.RANKED),
        ({"is_ad": "0"}, Kind.RANKED),
        ({"is_ad": None}, Kind.RANKED),
        ({"is_gov": 1}, Kind.PINNED),
        ({"is_gov": 1, "is_ad": 1}, Kind.PAID),
    ],
)
def test_marks_decide_the_kind(mark: dict[str, object], kind: Kind) -> None:
    body = json.dumps({"data": {"realtime": [{"word": "词", "num": 0, **mark}]}}).encode()
    (entry,) = catalog.board("weibo_side_hotsearch").parse_page(body).entries
    assert entry.kind is kind
    assert entry.heat == ("0" if kind is Kind.RANKED else None)


@pytest.mark.parametrize(
    ("realpos", "ranks"),
    [
        ([1, 2, 5], [1, 2, 5]),
        ([0, 1, 2], [1, 2, 3]),
        ([2, 1, 3], [1, 2, 3]),
        ([1, None, 3], [1, 2, 3]),
    ],
)
def test_printed_ranks_are_kept_when_they_make_sense(
    realpos: list[int | None], ranks: list[int]
) -> None:
    rows = [{"word": str(n), "realpos": n} for n in realpos]
    page = catalog.board("weibo_side_hotsearch").parse_page(json.dumps(rows).encode())
    assert [e.rank for e in page.entries] == ranks


def test_a_label_of_old_is_taken_as_browsers_take_it() -> None:
    # Hosts that say latin-1 send the quotation marks of Windows.
    assert decode("“hot” …".encode("cp1252"), "ISO-8859-1") == "“hot” …"
    # 镕 is a character of GBK that GB2312 has not.
    page = "<?xml version='1.0' encoding='gb2312'?><a>镕</a>"
    assert decode(page.encode("gbk")) == page
