"""``fengkou picture``: which card is meant, where its picture goes, and what is told where there is none."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fengkou.cli.app import app
from fengkou.home import Home
from fengkou.pictures import NoCardError, card_asked_for
from pipelines.digest.contents import Period
from pipelines.topics.short_id import short_id
from tests.pipelines.digest.made_digests import DIGEST, TOPIC
from tests.pipelines.digest.test_card_picture import needs_font
from tests.png_pixels import pixels
from warehouse.connection import open_published
from warehouse.instants import to_aware
from warehouse.readers.digest import make_digest
from warehouse.readers.newest import newest_attempt

OTHER = replace(TOPIC, topic_id=20, title="渡口停航", placements=(), former_ids=(21,))
TWO = replace(DIGEST, topics=(TOPIC, OTHER))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (str(TOPIC.topic_id), TOPIC),
        (short_id(TOPIC.topic_id), TOPIC),
        (short_id(20).upper(), OTHER),
        ("21", OTHER),
        ("渡口", OTHER),
        ("大桥通车", TOPIC),
    ],
)
def test_a_card_is_found_by_id_name_former_id_or_a_part_of_a_title(
    asked: str, expected: object
) -> None:
    assert card_asked_for(TWO, asked) is expected


def test_what_is_not_there_is_told_with_what_is() -> None:
    with pytest.raises(NoCardError, match=f"named 'nothing'. It has 2: {short_id(TOPIC.topic_id)}"):
        card_asked_for(TWO, "nothing")
    with pytest.raises(NoCardError, match="It has none"):
        card_asked_for(replace(DIGEST, topics=()), "nothing")
    with pytest.raises(NoCardError):
        card_asked_for(TWO, " ")


@pytest.fixture
def home(tmp_path: Path, simulated_home: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    (tmp_path / "published").symlink_to(simulated_home / "published")
    monkeypatch.setenv("FENGKOU_HOME", str(tmp_path))
    return Home(tmp_path)


@needs_font
@pytest.mark.slow
def test_the_command_writes_the_card_of_the_digest_of_an_instant(
    home: Home, tmp_path: Path
) -> None:
    with open_published(home.published) as con:
        newest = newest_attempt(con)
        assert newest
        at = to_aware(newest) - timedelta(hours=2)
        digest = make_digest(con, at, Period.HOUR)
    name = short_id(digest.topics[0].topic_id)
    asked = ["picture", name, "--period", "hour", "--at", at.isoformat()]
    ended = CliRunner().invoke(app, asked)
    assert ended.exit_code == 0, ended.output
    (file,) = (home.digests / "pictures").glob(f"*.{name}.png")
    assert str(file) in ended.output.replace("\n", "")
    assert pixels(file.read_bytes()).shape[1] == 1080
    named = tmp_path / "card.png"
    assert CliRunner().invoke(app, [*asked, "--out", str(named)]).exit_code == 0
    assert named.read_bytes() == file.read_bytes()
