"""What the command line shows of topics: a card, and why two items are one topic or two."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from rich.table import Table
from rich.text import Text

from pipelines.clock import SHANGHAI
from pipelines.digest.render.safe_text import plain
from pipelines.language import Language
from pipelines.messages import Messages, messages_in
from pipelines.topics.grouping import SAME_STORY
from pipelines.topics.short_id import short_id
from warehouse.readers.topic import TopicHand, TopicHistory
from warehouse.readers.topic_evidence import Told, Why

Shown = str | Text | Table

COUNTS_PRINTED = {"score": "{}", "game": "G{}"}
"""How numbers are printed whose kind is a word of the code; any other kind is the unit in the title."""

NAMES = ("people", "places", "bodies", "other_names")
"""The kinds of names that a card holds, in the order of showing."""


def _clock(at: datetime) -> str:
    return at.replace(tzinfo=UTC).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]], words: Messages) -> Table:
    """A table whose headings are the messages named in ``columns``."""
    table = Table()
    for column in columns:
        table.add_column(words.say(column))
    for row in rows:
        # Text, not markup: a title may hold what Rich would read as its own.
        table.add_row(*(Text("" if cell is None else plain(str(cell))) for cell in row))
    return table


def card_lines(history: TopicHistory, language: Language) -> Iterator[Shown]:
    """A topic's card and all that is known of it."""
    words = messages_in(language)
    colon, join = words.say("join.colon"), words.say("join.names").join
    card = history.card
    yield Text(plain(card.label), style="bold")
    yield f"{words.say('card.id')} {short_id(card.topic_id)} ({card.topic_id})"
    if card.named_by:
        before = join((*card.older_names, card.told_label))
        yield Text(plain(words.say("card.named", by=card.named_by, before=before)))
    yield words.say(
        "card.seen",
        first=_clock(card.first_seen_at),
        last=_clock(card.last_seen_at),
        boards=words.say("card.boards", card.board_count),
        items=words.say("card.items", card.item_count),
    )
    category = words.say(f"category.{card.category}" if card.category else "card.none")
    yield Text(f"{words.say('card.category')}{colon}{category}")
    yield Text(f"{words.say('card.keywords')}{colon}{plain(join(card.keywords))}")
    for kind in NAMES:
        if held := getattr(card, kind):
            yield Text(f"{words.say(f'card.{kind}')}{colon}{plain(join(held))}")
    if history.other_parts:
        yield f"{words.say('parts.heading')}{colon}"
        for part in history.other_parts:
            told = words.say("parts.part", time=_clock(part.first_seen_at), title=part.title)
            yield Text(f"  {plain(told)}  {short_id(part.topic_id)}")
    yield _table(
        ("card.board", "card.first_seen", "card.last_seen", "card.best_rank", "card.lines"),
        [
            (
                language.choose(board.name_zh, board.name_en),
                _clock(board.first_seen_at),
                _clock(board.last_seen_at),
                board.best_rank,
                board.entry_count,
            )
            for board in history.spread
        ],
        words,
    )
    yield _table(
        ("card.title", "card.source", "card.joined", "card.chance"),
        [
            (title.title, title.source, _clock(title.joined_at), f"{title.chance:.0%}")
            for title in history.told
        ],
        words,
    )
    yield _table(
        ("card.hour", "card.on_boards", "card.best_rank", "card.new_items"),
        [
            (
                _clock(hour.window_start),
                hour.board_count,
                hour.best_rank,
                hour.new_item_count or "",
            )
            for hour in history.timeline
        ],
        words,
    )
    if history.merged:
        yield _table(
            ("card.merged", "card.merged_at", "card.chance"),
            [
                (merge.title, _clock(merge.merged_at), f"{merge.chance:.0%}")
                for merge in history.merged
            ],
            words,
        )
    if history.hands:
        yield _table(
            ("card.hand", "card.said_at", "card.said_by", "card.said"),
            [
                (hand.hand, _clock(hand.said_at), hand.said_by, _said(hand, words))
                for hand in history.hands
            ],
            words,
        )


def _said(hand: TopicHand, words: Messages) -> str:
    """What a person said, and that it does not hold any more where that is so."""
    said = words.say(f"hand.{hand.kind}", name=hand.name)
    return words.say("card.undone", said=said) if hand.undone_at else said


def _came(told: Told, words: Messages) -> Iterator[str]:
    """How an item came to its topic, a line for each step."""
    for step in told.joined:
        at, chance = _clock(step.joined_at), f"{step.chance:.0%}"
        topic = short_id(step.topic_id)
        before = None if step.from_topic_id is None else short_id(step.from_topic_id)
        if step.hand and before:
            line = words.say("why.moved", at=at, before=before, topic=topic, hand=str(step.hand))
        elif step.is_merge and before:
            line = words.say("why.merged", at=at, before=before, topic=topic, chance=chance)
        elif step.topic_id == told.item_id:
            line = words.say("why.founded", at=at, topic=topic)
        else:
            line = words.say("why.joined", at=at, topic=topic, chance=chance)
        yield f"  {line}"


def why_lines(told: Why, language: Language) -> Iterator[Shown]:
    """What is known of two items, in the order in which a person asks."""
    words = messages_in(language)
    join = words.say("join.names").join
    evidence = told.evidence
    yield Text(words.say("why.one_topic" if told.is_one_topic else "why.two_topics"), style="bold")
    for item in (told.earlier, told.later):
        yield Text(f"{plain(item.title)}  ({item.source} {item.item_id})")
        yield from _came(item, words)
    source = "same" if told.earlier.source == told.later.source else "other"
    yield words.say(
        f"why.as_of_{source}_source", at=_clock(told.since), hours=f"{told.hours_between:.1f}"
    )
    if not told.is_live:
        yield words.say("why.too_old")
    if evidence.words:
        yield _table(
            ("why.shared_word", "why.rarity", "why.busyness"),
            [(word.term, f"{word.weight:.1f}", f"{word.busyness:.1f}") for word in evidence.words],
            words,
        )
    characters = "".join(character.term for character in evidence.characters)
    yield Text(words.say("why.characters", characters=plain(characters)))
    later, earlier = evidence.lone_names
    if later or earlier:
        yield Text(words.say("why.lone_names", earlier=join(earlier), later=join(later)))
    later_counts, earlier_counts = (_counts(counts, words) for counts in evidence.counts)
    if later_counts or earlier_counts:
        yield Text(words.say("why.counts", earlier=earlier_counts, later=later_counts))
    yield _table(
        ("why.figure", "why.value", "why.log_odds"),
        [
            (
                words.say(f"evidence.{figure.name}"),
                f"{figure.value:.2f}",
                f"{figure.log_odds:+.2f}",
            )
            for figure in evidence.figures
            if figure.log_odds
        ],
        words,
    )
    yield words.say(
        "why.sum",
        log_odds=f"{evidence.log_odds:+.2f}",
        chance=f"{evidence.chance:.0%}",
        bar=f"{SAME_STORY:.0%}",
    )
    if told.likest:
        yield _table(
            ("why.likest", "card.chance"),
            [(title.title, f"{title.chance:.0%}") for title in told.likest],
            words,
        )


def _counts(counts: Mapping[str, Collection[str]], words: Messages) -> str:
    """The numbers of a title with their units."""
    told = (
        COUNTS_PRINTED.get(unit, f"{{}}{unit}").format(value)
        for unit, values in counts.items()
        for value in sorted(values)
    )
    return words.say("join.names").join(told)
