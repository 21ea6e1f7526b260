"""Messages drawn at random, as many as wanted: what strangers type, in every script, and addresses."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from pipelines.desks.message import Change, Covered, Kind, Message, Place, RuleHit, ToldStory
from pipelines.desks.stories import Expected
from pipelines.forecast.stages import Stage
from tests.pipelines.desks.messages import AT

SINGLE = (Kind.NEW, Kind.BACK, Kind.UPDATE, Kind.CORRECTION)

ODD = (
    *("👨‍👩‍👧‍👦", "🇨🇳", "👍🏽", "#️⃣", "e\u0301", "ก็", "नि", "각", "ᄀ\u1161\u11a8", "𠮷", "𝒳", "‼️"),
    *("שלום", "\u202eabc\u202c", "مرحبا", "\u200d", "\ufeff", "\x07", "\n", "\ud83d"),
    *("[a](b)", "<@all>", "**", "`", "~~", "|", "\\", "@13800000000", "&amp;", "</a>", "_", "1. "),
    *(
        "https://evil.example/x_y",
        "www.evil.example",
        "iPhone17",
        "3.5%",
        "“",
        "”",
        "（",
        "）",
        "…",
    ),
)
HAN = "的一是了我不在人们有来他这上着个地到大里说就去子得也和那要下看天时过出小么起你"
LATIN = "etaoin shrdlu cmfwyp vbgkqjxz"


def title(dice: Random, longest: int = 60) -> str:
    """A text of Han, of Latin, of odd signs, or of all of them."""
    letters = dice.choice((HAN, LATIN, HAN + LATIN))
    return "".join(
        dice.choice(ODD) if dice.random() < 0.15 else dice.choice(letters)
        for _ in range(dice.choice((dice.randint(1, 12), dice.randint(1, longest), longest * 4)))
    )


def message(dice: Random) -> Message:
    """A message of any kind, of one story to fourteen."""
    kind = dice.choice(list(Kind))
    is_single = kind in SINGLE and dice.random() < 0.8
    return Message(
        desk="desk",
        desk_title=title(dice, 10),
        kind=kind,
        at=AT,
        stories=tuple(_story(dice) for _ in range(1 if is_single else dice.randint(0, 14))),
        is_breaking=dice.random() < 0.2,
        covered=dice.choice((None, Covered(AT - timedelta(hours=9), AT))),
        more=dice.choice((0, 0, 7)),
        held_count=dice.choice((0, 2)),
        unread_lists=tuple(title(dice, 8) for _ in range(dice.choice((0, 0, 1, 7)))),
    )


def messages(count: int, seed: int = 0) -> Iterator[Message]:
    """So many messages, the same for a seed."""
    dice = Random(seed)
    for _ in range(count):
        yield message(dice)


def _story(dice: Random) -> ToldStory:
    expected = Expected(
        dice.choice(list(Stage)),
        dice.choice("ab"),
        dice.randint(1, 50),
        dice.choice((None, dice.random())),
        dice.choice((None, dice.random())),
        dice.random() * 900,
    )
    places = tuple(
        Place(board, title(dice, 8), title(dice, 8), dice.randint(1, 50), dice.choice((None, 30)))
        for board in "abcd"[: dice.randint(0, 4)]
    )
    path = "".join(dice.choice("abc(_)*[]?=&中") for _ in range(dice.choice((3, 30, 300, 1200))))
    return ToldStory(
        topic_id=dice.randint(1, 3),
        kind=dice.choice(SINGLE),
        title=title(dice),
        url=dice.choice((None, "javascript:alert(1)", f"https://example.org/{path}")),
        category=None,
        first_seen_at=AT - timedelta(hours=dice.randint(0, 9999)),
        first_board="a",
        first_name_zh=title(dice, 8),
        first_name_en=title(dice, 8),
        places=places,
        rules=tuple(
            RuleHit(title(dice, 8), title(dice, 8)) for _ in range(dice.choice((0, 1, 2, 6)))
        ),
        expected=dice.choice((None, expected)),
        changes=dice.choice(((), (Change("lists", 2, 5), Change("chance", 0.2, 0.7)))),
        flags=dice.choice(
            ((), ("single_source",), ("refuted", "unverified", "of_a_later_version"))
        ),
    )
