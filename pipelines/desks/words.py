"""What a word of a desk hits: 芯片 anywhere, ai as a whole word, mac* with what follows, =AMD so cased."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipelines.desks.folding import FoldedTitle
from pipelines.desks.stories import Span
from pipelines.text.titles import NOT_WORD, TITLE_LENGTH_LIMIT

LETTERS = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u0300-\u03ff\u0400-\u052f\u1e00-\u1fff"
"""Of the scripts that put blanks between words, Latin, Greek and Cyrillic, with their marks."""

PIECES = re.compile(
    rf"(?P<letters>[{LETTERS}]+)|(?P<digits>[0-9]+)|(?P<blank> +)|(?P<signs>(?:[^\w ]|_)+)|."
)
PIECE_OF_HAN = "han"
"""What is none of the others: Han, and any script that is written without blanks."""

QUOTES = {'"': '"', "“": "”", "”": "”"}
STAR = "*"
EDGES = {"letters": re.compile(f"[{LETTERS}]"), "digits": re.compile("[0-9]")}


class TermError(ValueError):
    """A term that cannot be looked for: what was found, what was expected, what to do next."""

    def __init__(self, found: str, expected: str, advice: str) -> None:
        super().__init__(f"{found}. Expected: {expected}. {advice}")
        self.found = found
        self.expected = expected
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a word, compiled.

    ``literals``: one of them stands in the folded text of every title that it hits. ``runs_back`` and
    ``runs_on``: what a star takes in beside it, one character a time; None where there is no star.
    """

    written: str
    literals: tuple[str, ...]
    sought: re.Pattern[str]
    is_cased: bool
    runs_back: re.Pattern[str] | None = None
    runs_on: re.Pattern[str] | None = None

    def spans(self, title: FoldedTitle) -> Iterator[Span]:
        """Where it stands in the title as printed, from the left, none within another."""
        text = title.cased if self.is_cased else title.text
        done = 0
        while match := self.sought.search(text, done):
            start, end = match.span()
            while self.runs_back and start > done and self.runs_back.match(text, start - 1):
                start -= 1
            while self.runs_on and self.runs_on.match(text, end):
                end += 1
            view = title.cased_view if self.is_cased else title.text_view
            yield view.printed(start, end)
            done = end


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str


def spelled(written: str) -> Spelling:
    """The word as it is looked for; TermError where it can hit nothing or seems to say what it does not."""
    core = FoldedTitle(written).cased.strip()
    if not core:
        raise TermError("An empty term", "a word", "Write a word, or take the line out.")
    is_cased = core.startswith("=")
    core = core[1:] if is_cased else core
    core, is_quoted = _unquoted(written, core)
    runs_back = not is_quoted and core.startswith(STAR)
    runs_on = not is_quoted and core.endswith(STAR)
    core = core[runs_back : len(core) - runs_on] if not is_quoted else core
    _refuse_no_word(written, core)
    folded = FoldedTitle(core)
    texts = (folded.cased,) if is_cased else (folded.text, folded.cased.casefold())
    if is_cased and folded.cased == folded.cased.swapcase():
        raise TermError(
            f"{written!r} asks for its case, and nothing in it has one",
            "a letter that can be small or a capital",
            f"Write {core!r}.",
        )
    pieces = [_pieces(text) for text in dict.fromkeys(texts)]
    first, last = pieces[0][0].kind, pieces[0][-1].kind
    _refuse_stars(written, core, first if runs_back else None, last if runs_on else None, is_quoted)
    return Spelling(
        written,
        tuple(_longest_literal(found, is_quoted, is_cased) for found in pieces),
        re.compile("|".join(_sought(found, is_quoted, runs_back, runs_on) for found in pieces)),
        is_cased,
        EDGES[first] if runs_back else None,
        EDGES[last] if runs_on else None,
    )


def _unquoted(written: str, core: str) -> tuple[str, bool]:
    closing = QUOTES.get(core[:1])
    if closing is None:
        return core, False
    if len(core) == 1 or core[-1] not in (closing, '"'):
        raise TermError(
            f"{written!r} begins with a quote that does not end",
            'a phrase between two quotes, as "new york"',
            "Close the quote, or leave it out.",
        )
    return core[1:-1].strip(), True


def _refuse_no_word(written: str, core: str) -> None:
    if not NOT_WORD.sub("", core):
        raise TermError(
            f"{written!r} is made of signs only",
            "a letter, a digit or a Han character in it",
            "Write the words that stand beside the sign.",
        )
    if len(core) > TITLE_LENGTH_LIMIT:
        raise TermError(
            f"{written[:20]!r}… has {len(core)} characters",
            f"at most {TITLE_LENGTH_LIMIT}, for no title is longer",
            "Write the words that matter, each as a term.",
        )


def _refuse_stars(
    written: str, core: str, first: str | None, last: str | None, is_quoted: bool
) -> None:
    if STAR in core and not is_quoted:
        raise TermError(
            f"{written!r} has a star in its midst",
            "a star at its beginning or its end",
            "Say what stands on both sides with near, or the whole with re; "
            f'for the sign itself write "{core}" in quotes.',
        )
    if not {first, last} <= {None, *EDGES}:
        raise TermError(
            f"{written!r} has a star beside what is found within longer words anyway",
            "a star beside a letter or a digit",
            f"Write {core!r}.",
        )


def _pieces(text: str) -> list[_Piece]:
    """Runs of letters, of digits, of signs and of Han, with the blanks between them."""
    pieces: list[_Piece] = []
    for match in PIECES.finditer(text):
        kind = match.lastgroup or PIECE_OF_HAN
        if kind == PIECE_OF_HAN and pieces and pieces[-1].kind == PIECE_OF_HAN:
            pieces[-1] = _Piece(kind, pieces[-1].text + match[0])
        else:
            pieces.append(_Piece(kind, match[0]))
    return pieces


BLANK, MAYBE_BLANK = " ", " ?"


def _joints(pieces: list[_Piece], is_quoted: bool) -> Iterator[tuple[str, str]]:
    """Each piece but blanks, and what may stand between it and the next: nothing, a blank, or either.

    Boards print AI芯片 and AI 芯片, iPhone 16 and iPhone16. But M3 is not M 3.
    """
    said = [piece for piece in pieces if piece.kind != "blank"]
    before_blanks = {id(piece) for piece, blank in pairwise(pieces) if blank.kind == "blank"}
    for piece, following in pairwise([*said, _Piece("", "")]):
        kinds = {piece.kind, following.kind}
        loose = PIECE_OF_HAN in kinds and not kinds.isdisjoint(EDGES)
        if id(piece) in before_blanks:
            loose = loose or kinds == {*EDGES}
            yield piece.text, MAYBE_BLANK if loose and not is_quoted else BLANK
        else:
            yield piece.text, MAYBE_BLANK if loose and not is_quoted else ""


def _longest_literal(pieces: list[_Piece], is_quoted: bool, is_cased: bool) -> str:
    literals = [""]
    for text, joint in _joints(pieces, is_quoted):
        literals[-1] += text
        if joint == MAYBE_BLANK or is_cased:
            literals.append("")
        else:
            literals[-1] += joint
    if is_cased:
        # Simplified by the words around it, Han may read otherwise; letters and digits never do.
        literals = [text for text in literals if re.search(f"[{LETTERS}]", text)]
    return max((text.strip().casefold() for text in literals), key=len)


def _sought(pieces: list[_Piece], is_quoted: bool, runs_back: bool, runs_on: bool) -> str:
    inner = "".join(re.escape(text) + joint for text, joint in _joints(pieces, is_quoted))
    first, last = pieces[0].kind, pieces[-1].kind
    before = after = ""
    if first == "letters" and not runs_back:
        before = f"(?<![{LETTERS}])"
    elif first == "digits" and not runs_back:
        before = "(?<![0-9])"
    if last == "letters" and not runs_on:
        after = f"(?![{LETTERS}])"
    elif last == "digits" and not runs_on:
        after = "(?![0-9])"
    if len(pieces) == 1 and first == "digits":
        # 618 is no part of 1.618, nor of 618.5.
        before, after = before and before + r"(?<![0-9]\.)", after and after + r"(?!\.[0-9])"
    return before + inner + after
