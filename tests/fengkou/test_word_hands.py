"""What people say of words that were found: kept with its instant, heeded from then on, by every rebuild."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fengkou import hand_ledger, reads, word_hands
from fengkou.cli.app import app
from fengkou.hand_ledger import HandRefusedError
from fengkou.home import Home
from pipelines.topics.hands import HandKind
from tests.made_hands import BY, see
from tests.warehouse.captures import START
from tests.warehouse.models.test_novel_words import CAME, DAY, land
from tests.warehouse.models.test_topics import rows

pytestmark = pytest.mark.xdist_group("word_hands")  # one worker sets it up, not each

NAME, OTHER = "裴沅芷", "谌毓岫"
NEEDED = ("mart.new_words", "mart.trending_tokens", "mart.topic_hands", "core.servings")
SAID = START + (CAME + 1) * DAY + timedelta(minutes=90)
"""After the hour in which the name was told as new, a day before the last title that has it."""

CUT = (
    "SELECT first_seen_at, bool_or(token = $$" + NAME + "$$) FROM core.title_tokens "
    "WHERE title_id IN (SELECT title_id FROM core.clean_titles WHERE contains(clean_title, $$"
    + NAME
    + "$$)) GROUP BY ALL ORDER BY ALL"
)
IS_NEW = f"SELECT is_new, said, said_by FROM mart.new_words WHERE token = $${NAME}$$"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("built") / "home")
    land(home, range(CAME + 2))
    see(home, *NEEDED)
    return home


@pytest.fixture
def home(built: Home, tmp_path: Path) -> Home:
    shutil.copytree(built.root, tmp_path / "home")
    return Home(tmp_path / "home")


def cut_whole(home: Home) -> list[bool]:
    """Of the titles that have the name, day by day, whether it is a word of them."""
    by_day: dict[object, bool] = {}
    for at, is_whole in rows(home, CUT):
        by_day[at.date()] = bool(is_whole) or by_day.get(at.date(), False)  # type: ignore[attr-defined]
    return list(by_day.values())


def test_a_struck_word_is_not_told_as_new_and_cuts_no_title_from_then_on(home: Home) -> None:
    assert rows(home, IS_NEW) == [(True, None, None)]
    word_hands.strike(home, [NAME], BY, SAID)
    land(home, range(CAME + 2, CAME + 3))
    see(home, *NEEDED)
    assert rows(home, IS_NEW) == [(False, "strike", BY)]
    # Titles that came before stay as they were.
    assert cut_whole(home) == [True, True, False]
    at = START + (CAME + 2) * DAY
    assert [word.token for word in reads.new_words(home, at, 7)] == []
    before = reads.new_words(home, SAID - timedelta(minutes=1), 7)
    assert [(word.token, word.title_count, word.days_before) for word in before] == [
        (NAME, 6, CAME)
    ]
    struck = {word.token: word.said for word in reads.new_words(home, at, 7, unlisted=True)}
    assert struck == {NAME: "strike", OTHER: None}


def test_what_is_said_is_heeded_by_every_rebuild(home: Home, tmp_path: Path) -> None:
    word_hands.strike(home, [NAME], BY, SAID)
    land(home, range(CAME + 2, CAME + 3))
    see(home, *NEEDED)
    again = Home(tmp_path / "again")
    for folder in ("landing", "hands"):
        shutil.copytree(home.root / folder, again.root / folder)
    see(again, *NEEDED)
    for query in (CUT, IS_NEW, "FROM core.word_hands", "FROM core.new_words ORDER BY token"):
        assert rows(again, query) == rows(home, query)


def test_an_undone_strike_lets_the_word_cut_again(home: Home) -> None:
    (struck,) = word_hands.strike(home, [NAME], BY, SAID)
    hand_ledger.undo(home, struck.hand.number, BY, SAID + timedelta(minutes=10))
    land(home, range(CAME + 2, CAME + 3))
    see(home, *NEEDED)
    assert rows(home, IS_NEW) == [(True, None, None)]
    assert cut_whole(home) == [True, True, True]


def test_who_says_the_other_of_a_word_is_told_what_to_undo(home: Home) -> None:
    (kept,) = word_hands.keep(home, [NAME], BY, SAID)
    assert not word_hands.keep(home, [NAME], "bob", SAID)[0].is_new
    with pytest.raises(HandRefusedError, match=r"Hand 1 .* keep\. .*words undo 1"):
        word_hands.strike(home, [OTHER, NAME], BY, SAID)
    # None of the two was struck.
    assert len(hand_ledger.hands(home)[0]) == 1
    hand_ledger.undo(home, kept.hand.number, BY, SAID)
    said = word_hands.strike(home, [OTHER, NAME], BY, SAID)
    assert [(each.hand.number, each.hand.kind, each.hand.name) for each in said] == [
        (3, HandKind.STRIKE, OTHER),
        (4, HandKind.STRIKE, NAME),
    ]


def test_what_was_not_found_cannot_be_struck(home: Home) -> None:
    (home.root / "words.txt").write_text("白鹭湾\n", encoding="utf-8")
    see(home, *NEEDED)
    for word, message in (
        ("地铁", "the dictionary has it"),
        ("白鹭湾", "listed in words.txt"),
        ("没有的词语", "found in no titles"),
    ):
        with pytest.raises(HandRefusedError, match=message):
            word_hands.strike(home, [word], BY)
    assert hand_ledger.hands(home)[0] == []


# --- from the command line


@pytest.fixture
def fengkou(home: Home, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("FENGKOU_HOME", str(home.root))
    monkeypatch.setenv("COLUMNS", "220")
    monkeypatch.setenv("USER", "ann")
    return CliRunner()


def told(fengkou: CliRunner, *words: str) -> str:
    said = fengkou.invoke(app, ["words", *words])
    assert said.exit_code == 0, said.output
    return said.output


def test_new_words_are_listed_with_their_evidence(fengkou: CliRunner) -> None:
    shown = told(fengkou, "new")
    assert NAME in shown
    assert f"{CAME} days" in shown
    assert "2 of 2 days" in shown
    assert OTHER not in shown
    assert "unlisted" in told(fengkou, "new", "--unlisted")
    (word,) = json.loads(told(fengkou, "new", "--json"))["words"]
    assert (word["token"], word["title_count"], word["list_count"]) == (NAME, 6, 1)
    assert NAME in word["title"]
    early = (START + (CAME - 3) * DAY).isoformat()
    assert json.loads(told(fengkou, "new", "--at", early, "--json"))["words"] == []


def test_words_are_struck_kept_and_taken_back_from_the_command_line(fengkou: CliRunner) -> None:
    assert "no word (ann" in told(fengkou, "strike", NAME)
    assert "said before" in told(fengkou, "strike", NAME, "--by", "bob")
    assert "does not hold any more" in told(fengkou, "undo", "1")
    (kept,) = json.loads(told(fengkou, "keep", NAME, "--json"))["hands"]
    assert (kept["kind"], kept["name"], kept["number"]) == ("keep", NAME, 3)
    refused = fengkou.invoke(app, ["words", "strike", NAME])
    assert isinstance(refused.exception, HandRefusedError)
    listed = fengkou.invoke(app, ["topic", "hands"]).output
    assert f"{NAME}: a word" in listed
