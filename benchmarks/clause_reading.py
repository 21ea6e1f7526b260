"""What a person reads on a card, taken apart into clauses again: from the words, not from what made them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.resources import files

import polib

from pipelines.clock import SHANGHAI
from pipelines.digest.contents import Digest
from pipelines.digest.render.layout import Sheet, lay_out
from pipelines.digest.render.place_layout import Place
from pipelines.digest.render.story_layout import Row, Topic
from pipelines.language import Language
from pipelines.messages import DOMAIN

PART = " · "
CLAIM, BOND, SECTION_TOLD = "claim.", "bond.", "section."
OTHER_PART = "parts.part"

TIME = r"(?:(?:\d{4}-)?\d\d-\d\d )?\d\d:\d\d"
NUMBER = "[0-9]+"
DAYS = "span.days"
SPANS = (DAYS, "span.hours_minutes", "span.hours", "span.minutes")
MINUTES = {"count": 24 * 60, "hours": 60, "minutes": 1}
"""In one of what a span of time counts; its ``count`` is of days."""
ROUNDED = 0.51
"""Minutes that rounding to a minute changes, and what floats lose."""
BLANKS = {
    "time": TIME,
    "first": TIME,
    "since": TIME,
    "seen": TIME,
    "growth": r"-?\d+%",
    "chance": r"<?\d+%",
    "words": "「.+?」.*",
    "word": "[^「」]+",
}
"""What may stand in a message's blank; a number where nothing is said."""
SHARES = ("growth", "chance")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a card or line: its code, its words, and the figures read from them.

    ``figures`` hold counts and ranks, ``minutes`` that may be ``loose`` more, ``growth`` and ``chance`` as
    shares, instants as ``datetime`` (Shanghai, to the minute), ``board`` as the list's identifier, and
    ``words`` with their counts beside the ``titles`` that the card shows. The code ``unread`` is
    that of words that no message makes.
    """

    topic_id: int
    code: str
    text: str
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads clauses by the messages of the Chinese catalogue; ``boards`` are lists by their printed name."""

    boards: Mapping[str, str]
    messages: Mapping[str, str]

    def read(self, digest: Digest) -> list[Clause]:
        """Every clause of the digest's cards and lines."""
        sheet = lay_out(digest, Language.ZH)
        return list(self._of_sheet(sheet, digest.at))

    def _of_sheet(self, sheet: Sheet, at: datetime) -> Iterator[Clause]:
        for part in sheet.parts:
            for topic in part.topics:
                known = topic.card.topic_id
                yield Clause(known, f"{SECTION_TOLD}{part.section}", part.told)
                yield Clause(known, "headline", topic.title, {"title": topic.title})
                yield from self._why(topic, at)
                yield from self._bond(topic, at)
                for other in topic.parts:
                    yield Clause(
                        known,
                        OTHER_PART,
                        f"{other.time} {other.title}",
                        {"part": other.topic_id, "title": other.title}
                        | {"time": instant(other.time, at)},
                    )
                yield from self._facts(
                    known, topic.life, "topic.life", ("topic.left", "topic.unread"), at
                )
                for place in topic.places:
                    yield from self._place(known, place, at)
            for row in part.rows:
                yield from self._row(row, at)

    def _why(self, topic: Topic, at: datetime) -> Iterator[Clause]:
        sentence = topic.why.removesuffix(self.messages["join.stop"])
        codes = [key for key in self.messages if key.startswith(CLAIM)]
        for text in sentence.split(self.messages["join.clause"]):
            yield self._clause(
                topic.card.topic_id, text, {key: self.messages[key] for key in codes}, at
            )

    def _bond(self, topic: Topic, at: datetime) -> Iterator[Clause]:
        """What is said of the titles, with the titles that are read on the card."""
        heading = self.messages["bond.heading"] + self.messages["join.colon"]
        sentence = topic.bond.removeprefix(heading).removesuffix(self.messages["join.stop"])
        patterns = {key: text for key, text in self.messages.items() if key.startswith(BOND)}
        told = (topic.title, topic.chinese_title, *(place.title for place in topic.places))
        titles = tuple(dict.fromkeys(filter(None, (*told, *topic.older_titles))))
        for text in filter(None, sentence.split(self.messages["join.clause"])):
            clause = self._clause(topic.card.topic_id, text, patterns, at)
            yield replace(clause, figures={**clause.figures, "titles": titles})

    def _row(self, row: Row, at: datetime) -> Iterator[Clause]:
        yield Clause(row.topic_id, "headline", row.title, {"title": row.title})
        patterns = {key: text for key, text in self.messages.items() if key.startswith("line.")}
        for text in row.facts.split(PART):
            yield self._clause(row.topic_id, text, patterns, at)

    def _facts(
        self, topic_id: int, told: str, whole: str, more: Iterable[str], at: datetime
    ) -> Iterator[Clause]:
        """The parts of a message that is made of several, each by its number."""
        patterns = {
            f"{whole}.{number}": text
            for number, text in enumerate(self.messages[whole].split(PART), start=1)
        }
        patterns |= {key: self.messages[key] for key in more}
        for text in told.split(PART):
            yield self._clause(topic_id, text, patterns, at)

    def _place(self, topic_id: int, place: Place, at: datetime) -> Iterator[Clause]:
        rank = self.messages["place.rank"]
        patterns = {
            "place.rank": rank,
            "place.up": f"{rank} ↑{{gain}}",
            "place.down": f"{rank} ↓{{loss}}",
            "place.flat": f"{rank} →",
            "place.new": f"{rank} {self.messages['place.new']}",
            "place.best_rank": self.messages["place.best_rank"],
            "place.stay": self.messages["place.stay"],
        }
        yield Clause(
            topic_id, "headline.place", place.title, {"title": place.title, "board": place.board}
        )
        for text in place.told().split(PART):
            clause = self._clause(topic_id, text, patterns, at)
            if clause.code == "unread":
                clause = self._heat(topic_id, text, place.heat, place.heat_move)
            figures = {"board": place.board, "now": int(place.rank or 0)} | dict(clause.figures)
            yield Clause(topic_id, clause.code, f"{place.board_name} {text}", figures)

    def _heat(self, topic_id: int, text: str, heat: str, move: str) -> Clause:
        found = re.fullmatch(r"(-?[\d.]+)([万亿]?)(?: \S+)*?(?: ([+-]?\d+)%)?", text)
        if not found or not heat:
            return Clause(topic_id, "unread", text)
        scale = {"": 1.0, "万": 1e4, "亿": 1e8}[found[2]]
        figures: dict[str, object] = {"heat": float(found[1]) * scale, "step": scale}
        if move and found[3]:
            figures["growth"] = int(found[3]) / 100
        return Clause(topic_id, "place.heat", text, figures)

    def _clause(
        self, topic_id: int, text: str, patterns: Mapping[str, str], at: datetime
    ) -> Clause:
        for code, message in patterns.items():
            found = re.fullmatch(self._pattern(message), text)
            if found:
                return Clause(topic_id, code, text, self._figures(found.groupdict(), at))
        return Clause(topic_id, "unread", text)

    def _pattern(self, message: str) -> str:
        pattern = ""
        for word in re.split(r"({\w+})", message):
            name = word[1:-1] if word.startswith("{") else ""
            pattern += f"(?P<{name}>{self._blank(name)})" if name else re.escape(word)
        return pattern

    def _blank(self, name: str) -> str:
        if name == "board":
            names = sorted(self.boards, key=len, reverse=True)
            return "|".join(map(re.escape, names))
        if name == "span":
            return "|".join(re.sub(r"{\w+}", NUMBER, self.messages[key]) for key in SPANS)
        return BLANKS.get(name, NUMBER)

    def _figures(self, found: Mapping[str, str], at: datetime) -> dict[str, object]:
        figures: dict[str, object] = {}
        for name, text in found.items():
            if name == "board":
                figures[name] = self.boards[text]
            elif name == "span":
                figures["minutes"], figures["loose"] = self._minutes(text)
            elif name in SHARES:
                figures[name] = int(text.strip("<%")) / 100
            elif name == "words":
                figures[name] = self._words(text)
            elif name in BLANKS:
                figures["instant" if name in {"time", "first"} else name] = instant(text, at)
            else:
                figures[name] = int(text)
        return figures

    def _words(self, text: str) -> tuple[tuple[str, int], ...]:
        """Each word that is named, and how many titles are said to have it; 0 where that is all."""
        counted = self._pattern(self.messages["bond.word_count"])
        plain = self._pattern(self.messages["bond.word"])
        found = []
        for part in text.split(self.messages["join.names"]):
            told = re.fullmatch(counted, part) or re.fullmatch(plain, part)
            named = told.groupdict() if told else {"word": part}
            found.append((named["word"], int(named.get("titles", 0))))
        return tuple(found)

    def _minutes(self, span: str) -> tuple[int, float]:
        """The minutes of a span, and how many more it may be, for days are told whole."""
        for key in SPANS:
            pattern = re.sub(r"{(\w+)}", rf"(?P<\1>{NUMBER})", self.messages[key])
            found = re.fullmatch(pattern, span)
            if found:
                told = {name: int(number) for name, number in found.groupdict().items()}
                minutes = sum(MINUTES[name] * number for name, number in told.items())
                return minutes, MINUTES["count"] if key == DAYS else ROUNDED
        raise ValueError(f"{span!r} is no span of time")


def reader(boards: Mapping[str, str]) -> Reader:
    """A reader of Chinese clauses; ``boards`` are the lists by their printed name."""
    file = files("pipelines.messages") / Language.ZH / "LC_MESSAGES" / f"{DOMAIN}.po"
    catalogue = polib.pofile(file.read_text(encoding="utf-8"))
    messages = {
        entry.msgid: entry.msgstr or next(iter(entry.msgstr_plural.values()), "")
        for entry in catalogue
    }
    return Reader(boards, messages)


def instant(text: str, at: datetime) -> datetime:
    """A printed time as an instant: what is left out of its date is that of ``at``."""
    local = at.astimezone(SHANGHAI)
    whole = {5: f"{local:%Y-%m-%d} {text}", 11: f"{local:%Y}-{text}"}.get(len(text), text)
    return datetime.strptime(whole, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
