"""What people strike cuts no title from that instant on, until it is undone."""

from datetime import datetime, timedelta

from pipelines.text.known_words import FoundWord, KnownWords, StruckWord
from pipelines.text.new_words import Finder, sights
from pipelines.text.tokens import Cutter

NOON = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - naive UTC
HOUR = timedelta(hours=1)
NAME = "裴沅芷"
TITLE = "网友评价裴沅芷演技"
"""Where the dictionary guesses the name before it is found: a strike is of guesses, too."""


def is_cut_whole(known: KnownWords, at: datetime) -> bool:
    return NAME in {token.token for token in known.at(at).tokenise(TITLE)}


def known(*struck: tuple[datetime, datetime | None]) -> KnownWords:
    strikes = [StruckWord(NAME, from_at, until_at) for from_at, until_at in struck]
    return KnownWords(Cutter(), [FoundWord(NAME, NOON, "nr")], strikes)


def test_a_word_is_known_from_its_instant_until_it_is_struck_and_again_when_that_is_undone() -> (
    None
):
    words = known((NOON + 2 * HOUR, NOON + 4 * HOUR))
    assert [is_cut_whole(words, NOON + n * HOUR) for n in (-1, 0, 1, 2, 3, 4, 5)] == [
        *(True, True, True),
        *(False, False),
        *(True, True),
    ]


def test_a_word_that_is_found_later_than_it_was_struck_stays_struck() -> None:
    words = known((NOON - HOUR, None))
    assert not is_cut_whole(words, NOON + HOUR)


def test_a_word_that_was_struck_twice_is_none_until_both_are_undone() -> None:
    words = known((NOON, NOON + 3 * HOUR), (NOON + HOUR, NOON + 2 * HOUR))
    assert [is_cut_whole(words, NOON + n * HOUR) for n in (1, 2, 3)] == [False, False, True]


def test_what_was_struck_stands_in_the_way_of_no_longer_word() -> None:
    cutter = Cutter()
    usual = [f"地铁{n}号线停运晚点" for n in range(200)]
    told = [
        f"{side}{NAME}{other}"
        for side, other in (("评", "演"), ("遇", "唱"), ("选", "捐"), ("访", "走"))
    ]
    shown = sights((text, cutter.pieces(text)) for text in [*usual, *told])
    piece = NAME[:2]

    def found(finder: Finder) -> set[str]:
        return {word.token for word in finder.find(NOON, 204, shown)}

    struck = StruckWord(piece, NOON - HOUR, None)
    assert NAME not in found(Finder([piece]))
    assert NAME in found(Finder([piece], [struck]))
    assert NAME not in found(Finder([piece], [StruckWord(piece, NOON - HOUR, NOON)]))


def test_a_struck_word_that_is_found_no_more_is_guessed_again_when_that_is_undone() -> None:
    words = KnownWords(Cutter(), [], [StruckWord(NAME, NOON, NOON + HOUR)])
    assert [is_cut_whole(words, NOON + n * HOUR) for n in (-1, 0, 1)] == [True, False, True]


def test_pieces_of_a_struck_word_are_the_title_still() -> None:
    words = known((NOON, None))
    cut = [token.token for token in words.at(NOON).tokenise(TITLE)]
    assert "".join(cut) == TITLE
