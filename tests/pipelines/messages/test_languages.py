"""A language is one file: with it, digests are written in it, and nothing else is touched."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.language import MESSAGES, Language
from pipelines.messages import messages_in, read

ROOT = MESSAGES.parents[1]
POLISH = """\
msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "digest.no_topics"
msgstr "Nic teraz nie rośnie."

msgid "card.boards"
msgid_plural "card.boards"
msgstr[0] "{count} lista"
msgstr[1] "{count} listy"
msgstr[2] "{count} list"
"""
COMMAND_LINE = "from fengkou.cli.app import main; main()"
WRITE = """
from datetime import UTC, datetime
from pipelines.boards.standing import BoardStanding, list_standings
from pipelines.digest.contents import Digest, Period
from pipelines.digest.render.formats import render
from pipelines.language import Language
from pipelines.messages import messages_in

at = datetime(2025, 3, 14, 1, tzinfo=UTC)
board = BoardStanding("weibo_hot", "微博热搜", "Weibo Hot", list_board="weibo_hot")
digest = Digest(at, at, Period.HOUR, list_standings([board]), ())
for body in render(digest, Language("pl")).values():
    print(body.decode("utf-8-sig"))
for count in (1, 3, 5):
    print(messages_in(Language("pl")).say("card.boards", count))
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The project as it is, with a folder of catalogues to add to."""
    for room in ("pipelines", "fengkou"):
        (tmp_path / room).mkdir()
        for part in (ROOT / room).iterdir():
            if part != MESSAGES:
                (tmp_path / room / part.name).symlink_to(part)
    shutil.copytree(MESSAGES, tmp_path / "pipelines" / "messages")
    return tmp_path


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # With no path of its own the tree comes before what is installed.
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env={"PYTHONPATH": str(tree), "PYTHONUTF8": "1", "FENGKOU_HOME": str(tree / "home")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_third_language_is_one_file(tree: Path) -> None:
    folder = tree / "pipelines" / "messages" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "fengkou.po").write_text(POLISH, encoding="utf-8")
    written = run(tree, "-c", WRITE)
    assert not written.stderr
    assert written.stdout.count("Nic teraz nie rośnie.") >= 4
    # What it does not say yet is said in English, plural forms too, and boards by their English names.
    assert "The one board is fine." in written.stdout
    assert written.stdout.endswith("1 lista\n3 listy\n5 list\n")


@pytest.mark.slow
def test_an_unknown_language_is_refused_with_those_there_are(tree: Path) -> None:
    for command in (["digest"], ["topic", "1"], ["why", "1", "2"], ["tokens"], ["learn"]):
        refused = run(tree, "-c", COMMAND_LINE, *command, "--language", "xx")
        told = " ".join(refused.stderr.split())
        assert refused.returncode == 2, told
        assert "xx" in told
        assert all(language in told for language in Language), told


def test_who_says_nothing_reads_no_catalogue(tree: Path) -> None:
    quiet = run(
        tree,
        "-c",
        "import sys, pipelines.digest.render.formats, fengkou.cli.tables\nprint('polib' in sys.modules)",
    )
    assert quiet.stdout == "False\n", quiet.stderr


@pytest.mark.parametrize("language", Language)
def test_a_catalogue_is_read_in_a_blink_and_once(language: Language) -> None:
    text = (MESSAGES / language / "LC_MESSAGES" / "fengkou.po").read_text(encoding="utf-8")
    read(text)

    def seconds() -> float:
        begun = time.process_time()
        read(text)
        return time.process_time() - begun

    assert min(seconds() for _ in range(5)) < 0.03
    assert messages_in(language) is messages_in(language)
