"""A card as a picture: of its size, with ink on it, none beyond the margins, and no boxes for letters."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipelines.digest.contents import Digest, TopicCard
from pipelines.digest.render import card_picture as drawn
from pipelines.digest.render.card_picture import MARGIN, PIXELS_WIDE, SCALE, card_picture
from pipelines.digest.render.picture_text import NoFontError, text_width, undrawn
from pipelines.digest.render.story_layout import topic_title
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.digest.made_digests import BOTH, DIGEST, TOPIC, place
from tests.png_pixels import pixels

ROOT = Path(__file__).parents[3]
WIDE = replace(
    TOPIC,
    title="青川大桥 WWWW 今晨通车，MMMM 两岸居民步行过江，" * 5,
    placements=tuple(
        place(f"list_{n}", name_zh=f"榜{n}" * 20, name_en="List " * 20) for n in range(9)
    ),
)


def has_chinese_font() -> bool:
    try:
        undrawn("青")
    except NoFontError:
        return False
    return True


needs_font = pytest.mark.skipif(not has_chinese_font(), reason="no font with Chinese characters")


def said(digest: Digest, language: Language) -> str:
    """The text of the picture of its first card, line after line."""
    svg = drawn._canvas(digest, digest.topics[0], language).svg()
    return "\n".join(
        "".join(text.itertext())
        for text in ElementTree.fromstring(svg).iter()
        if text.tag.endswith("text")
    )


@needs_font
@BOTH
@pytest.mark.parametrize(
    "card", [TOPIC, WIDE, replace(TOPIC, placements=(), outlook=None, trace=())]
)
def test_it_is_as_wide_as_a_chat_shows_and_nothing_stands_beyond_its_margins(
    language: Language, card: TopicCard
) -> None:
    digest = replace(DIGEST, topics=(card,))
    shown = pixels(card_picture(digest, digest.topics[0], language).png)[:, :, :3]
    height, width, _ = shown.shape
    assert width == PIXELS_WIDE
    assert 400 < height < 3 * PIXELS_WIDE
    bar, margin = 16, MARGIN * SCALE
    assert (shown[bar:, : margin - 2] == 255).all()
    assert (shown[bar:, width - margin + 2 :] == 255).all()
    assert (shown[height - margin + 2 :] == 255).all()
    ink = (shown[bar:] < 128).any(axis=2)
    assert 0.005 < ink.mean() < 0.3


@BOTH
def test_it_tells_what_the_card_tells(language: Language) -> None:
    text = " ".join(said(DIGEST, language).split())
    words = messages_in(language)
    for told in (
        words.say("section.rising"),
        words.say("section.rising.told"),
        topic_title(TOPIC, words),
        language.choose("微博热搜", "Weibo Hot"),
        "35%",
        "↑22",
        words.say("read.until", time="08:58", span=words.say("span.minutes", minutes=2)),
    ):
        assert told in text


def test_places_beyond_the_rows_stand_in_a_line() -> None:
    many = replace(
        TOPIC, placements=tuple(place(f"list_{n}", name_en=f"L{n}", rank=n) for n in range(1, 10))
    )
    text = said(replace(DIGEST, topics=(many,)), Language.EN)
    assert "L7 #7 · L8 #8 · L9 #9" in text


@needs_font
def test_what_no_font_draws_is_told() -> None:
    private = "\ue0f7\U000f1234"
    picture = card_picture(DIGEST, replace(TOPIC, title=f"青川{private}"))
    assert picture.undrawn == ""
    card = replace(TOPIC, title=f"青川{private}")
    assert card_picture(replace(DIGEST, topics=(card,)), card).undrawn == private


@pytest.mark.skipif(sys.platform != "linux", reason="fonts are found by another way there")
def test_a_machine_without_chinese_letters_is_told_what_to_install(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>", encoding="utf-8")
    asked = "from pipelines.digest.render.picture_text import undrawn; undrawn('青川 A')"
    ended = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=os.environ | {"FONTCONFIG_FILE": str(config)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "No font of this machine draws Chinese characters (青川)" in ended.stderr


def test_text_is_measured_by_its_letters() -> None:
    measure = text_width(10)
    assert measure("青川") == 20
    assert measure("") == 0
    assert measure("il") < measure("ab") < measure("AB") < measure("青川")
    assert text_width(10, is_bold=True)("ab") > measure("ab")
