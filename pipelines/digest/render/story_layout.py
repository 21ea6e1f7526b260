"""A story in words: as a card, and in one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.digest.contents import (
    Digest,
    Life,
    StoryLine,
    TopicCard,
)
from pipelines.digest.render.bond_sentences import bond_sentence
from pipelines.digest.render.claim_sentences import claim_sentence
from pipelines.digest.render.part_sentences import PartInWords, parts_in_words, parts_sentence
from pipelines.digest.render.phrases import foresee, foresee_briefly
from pipelines.digest.render.place_layout import Place, board_name, place_in_words
from pipelines.digest.render.safe_text import KEYWORD_WIDTH, cut, plain, web_link
from pipelines.digest.render.taken_sentences import taken_sentence
from pipelines.digest.render.wall_clock import clock
from pipelines.language import Language
from pipelines.messages import Messages, messages_in
from pipelines.topics.short_id import short_id


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic card in words; ``number`` counts the cards of the digest from 1, ``briefly`` is the outlook
    for who reads in passing. ``chinese_title`` stands below a title in Latin letters, else it is empty, as is
    the ``bond`` of a single title; so is ``taken`` where no desk is spoken of."""

    card: TopicCard
    number: int
    title: str
    chinese_title: str
    url: str | None
    why: str
    outlook: str
    briefly: str
    life: str
    older_titles: tuple[str, ...]
    bond: str
    parts: tuple[PartInWords, ...]
    parts_told: str
    keywords: tuple[str, ...]
    category: str
    places: tuple[Place, ...]
    taken: str = ""

    @property
    def short_id(self) -> str:
        """What commands call it."""
        return short_id(self.card.topic_id)

    @property
    def place_told(self) -> Place | None:
        """The place that the sentence names first; where it names none, the best of all."""
        placed = {place.board: place for place in self.places}
        named = (claim.board for claim in self.card.claims if "rank" in claim.figures)
        told = next((placed[board] for board in named if board in placed), None)
        return told or next(iter(self.places_by_rank), None)

    @property
    def places_by_rank(self) -> tuple[Place, ...]:
        """The best place first; those without a rank come last."""
        return tuple(sorted(self.places, key=lambda place: (not place.rank, int(place.rank or 0))))


@dataclass(frozen=True, slots=True)
class Row:
    """A story in one line: ``each_fact`` are its lists, its best place, when it came, peaked and went;
    ``board`` is the list of its best place; ``chinese_title`` and ``taken`` are as those of a topic."""

    title: str
    chinese_title: str
    url: str | None
    each_fact: tuple[str, ...]
    category: str
    topic_id: int
    board: str
    board_name: str
    taken: str = ""

    @property
    def facts(self) -> str:
        return " · ".join(self.each_fact)


def topic_title(card: TopicCard, words: Messages) -> str:
    return plain(card.title) or words.say("topic.untitled")


def _titles(story: TopicCard | StoryLine, words: Messages) -> tuple[str, str]:
    """What a story is headed with, and its Chinese title where that is another: who reads no Chinese reads
    first what a list calls it in Latin letters."""
    printed = cut(plain(story.title)) or words.say("topic.untitled")
    latin = cut(plain(story.latin_title or ""))
    is_chinese = words.language is Language.ZH
    return (printed, "") if is_chinese or not latin else (latin, printed)


def list_names(digest: Digest, language: Language) -> dict[str, str]:
    """The name of each list that a digest speaks of."""
    return {board: board_name(named, language) for board, named in digest.names.items()}


def card_in_words(
    card: TopicCard,
    numbers: Mapping[int, int],
    at: datetime,
    names: Mapping[str, str],
    language: Language,
) -> Topic:
    """A card in words; ``names`` are those of ``list_names``, ``numbers`` those of the digest's cards by
    topic, made once for a digest."""
    words = messages_in(language)
    parts = parts_in_words(card.other_parts, at, numbers, words)
    keywords = (cut(plain(keyword), KEYWORD_WIDTH) for keyword in card.keywords)
    title, chinese_title = _titles(card, words)
    return Topic(
        card=card,
        number=numbers[card.topic_id],
        title=title,
        chinese_title=chinese_title,
        url=web_link(card.url),
        why=why(card, names, words),
        outlook=foresee(card.outlook, language) if card.outlook else "",
        briefly=foresee_briefly(card.outlook, language) if card.outlook else "",
        life=_life(card.life, names, at, words),
        older_titles=tuple(filter(None, (cut(plain(title)) for title in card.older_titles))),
        bond=bond_sentence(card.bond, words),
        parts=parts,
        parts_told=parts_sentence(parts, words),
        keywords=tuple(keyword for keyword in keywords if keyword),
        category=words.say(f"category.{card.category}") if card.category else "",
        places=tuple(place_in_words(placement, at, language) for placement in card.placements),
        taken=taken_sentence(card.taken_by, _shown(card), names, words),
    )


def _shown(card: TopicCard) -> set[str]:
    """The titles that a card shows."""
    placed = (place.title for place in card.placements)
    return {card.title, card.latin_title or "", *card.older_titles, *placed}


def why(card: TopicCard, names: Mapping[str, str], words: Messages) -> str:
    """What the card says of its story, in one sentence; ``names`` are those of ``list_names``."""
    said = claim_sentence(card.claims, names, words)
    return said or words.say("claim.none") + words.say("join.stop")


def _life(life: Life, names: Mapping[str, str], at: datetime, words: Messages) -> str:
    told = words.say(
        "topic.life",
        life.list_count,
        first=clock(life.first_seen_at, at),
        board=names.get(life.best_board, life.best_board),
        rank=life.best_rank,
        time=clock(life.best_at, at),
    )
    if life.unread_since:
        return f"{told} · {words.say('topic.unread', time=clock(life.unread_since, at))}"
    if life.left_at is None:
        return told
    return f"{told} · {words.say('topic.left', time=clock(life.left_at, at))}"


def _whether_listed(life: Life, at: datetime, words: Messages) -> str:
    if life.unread_since:
        return words.say("line.unread", time=clock(life.unread_since, at))
    if life.left_at:
        return words.say("line.left", time=clock(life.left_at, at))
    return words.say("line.listed")


def line_in_words(line: StoryLine, at: datetime, names: Mapping[str, str], words: Messages) -> Row:
    """A one-line story in words; ``names`` are those of ``list_names``."""
    life = line.life
    title, chinese_title = _titles(line, words)
    facts = (
        words.say("line.lists", life.list_count),
        words.say(
            "line.best", board=names.get(life.best_board, life.best_board), rank=life.best_rank
        ),
        words.say("line.came", time=clock(life.first_seen_at, at)),
        words.say("line.peaked", time=clock(life.best_at, at)),
        _whether_listed(life, at, words),
    )
    return Row(
        title=title,
        chinese_title=chinese_title,
        url=web_link(line.url),
        each_fact=facts,
        category=words.say(f"category.{line.category}") if line.category else "",
        topic_id=line.topic_id,
        board=life.best_board,
        board_name=names.get(life.best_board, life.best_board),
        taken=taken_sentence(line.taken_by, {line.title, line.latin_title or ""}, names, words),
    )
