"""The catalogues are whole: each message is there in every language, asked for, and given what it asks."""

from collections.abc import Collection, Mapping
from functools import cache
from string import Formatter
from typing import get_args

import polib
import pytest

from crawlers import catalog
from crawlers.http.capture import FAILURES
from crawlers.http.circuit_breaker import SILENT
from fengkou.cli import tables, topic_tables
from pipelines.boards.standing import Verdict
from pipelines.desks.flags import Flag
from pipelines.desks.frequency_words import Trap
from pipelines.desks.lint import LintKind
from pipelines.desks.message import Kind
from pipelines.desks.render.story_text import CHANGES
from pipelines.digest.claims import ORDER
from pipelines.digest.contents import BondKind, Period, Section
from pipelines.digest.render.board_sentences import NO_LIST
from pipelines.digest.render.csv import COLUMNS, COLUMNS_OF_DESK
from pipelines.digest.render.layout import LEGEND, MARKS_LEGEND
from pipelines.digest.render.record_layout import LISTED
from pipelines.digest.render.troubles import TROUBLES
from pipelines.forecast.champion_challenger import BASELINES
from pipelines.forecast.record import CallVerdict
from pipelines.forecast.stages import Stage
from pipelines.language import MESSAGES, Language
from pipelines.messages import MessageMissingError, Messages, messages_in, read
from pipelines.topics.categories import CATEGORIES
from pipelines.topics.hands import HandKind
from pipelines.topics.pair_weights import WEIGHTS
from tests.pipelines.messages.asked import asked, codes_given_to, literals

LANGUAGES = pytest.mark.parametrize("language", Language)


@cache
def entries(language: Language) -> dict[str, polib.POEntry]:
    file = MESSAGES / language / "LC_MESSAGES" / "fengkou.po"
    return {entry.msgid: entry for entry in polib.pofile(str(file), check_for_duplicates=True)}


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


KEYS = frozenset(entries(Language.EN))


@LANGUAGES
def test_every_message_is_there_in_every_language(language: Language) -> None:
    assert not KEYS ^ set(entries(language))
    for key, entry in entries(language).items():
        assert all(forms(entry)), key
        assert not entry.fuzzy, key


@LANGUAGES
def test_a_message_has_plural_forms_in_every_language_or_in_none(language: Language) -> None:
    for key, entry in entries(language).items():
        english = entries(Language.EN)[key]
        assert entry.msgid_plural == english.msgid_plural, key
        assert entry.msgid_plural in {"", key}, key


@LANGUAGES
def test_every_language_fills_the_same_blanks(language: Language) -> None:
    for key, entry in entries(language).items():
        there = set().union(*map(blanks, forms(entry)))
        assert there == set().union(*map(blanks, forms(entries(Language.EN)[key]))), key
        # A form for one may do without its number; the others need all.
        assert all(there - blanks(form) <= {"count"} for form in forms(entry)), key
        assert ("count" in there) == bool(entry.msgid_plural), key


@LANGUAGES
def test_blanks_are_filled_with_what_was_written_out_before(language: Language) -> None:
    for key, entry in entries(language).items():
        for form in forms(entry):
            for _, _, how, conversion in Formatter().parse(form):
                assert not how, key
                assert not conversion, key


def test_every_message_that_is_asked_for_is_there() -> None:
    for ask in asked():
        if ask.is_beginning:
            assert any(key.startswith(ask.key) for key in KEYS), ask
        else:
            assert ask.key in KEYS, ask


def test_a_message_is_given_a_count_if_it_has_plural_forms_and_the_blanks_that_it_has() -> None:
    english = entries(Language.EN)
    given = [ask for ask in asked() if not ask.is_beginning and ask.blanks is not None]
    assert len(given) > 50
    for ask in given:
        entry = english[ask.key]
        there = set().union(*map(blanks, forms(entry)))
        assert ask.has_count == bool(entry.msgid_plural), ask
        assert frozenset(there - {"count"}) == ask.blanks, ask


def reasons() -> set[str]:
    """Why a fetch yields no list, as crawlers land it."""
    found = {reason for _, _, reason, _ in FAILURES} | SILENT | {"spider_error"}
    return found.union(*(codes_given_to(name, "crawlers") for name in ("PageError", "Refused")))


OF_OWN_BOARDS = {"reads", "stars", "votes"}
"""Units of boards that people add themselves."""


@cache
def codes() -> Mapping[str, Collection[str]]:
    """The codes that may follow where a key is only begun in the code."""
    return {
        "baseline.": BASELINES,
        "bond.": get_args(BondKind),
        "breach.": codes_given_to("Breach", "pipelines/boards/contract.py") - NO_LIST,
        "call.": LISTED,
        "card.": topic_tables.NAMES,
        "category.": CATEGORIES,
        "change.": CHANGES,
        "cause.": codes_given_to("Cause", "pipelines/forecast/explanation.py"),
        "claim.": [*{code for order in ORDER.values() for code in order}, "none"],
        "column.": (*COLUMNS, *COLUMNS_OF_DESK),
        "decision.": codes_given_to("Decision", "pipelines/forecast/champion_challenger.py")
        | codes_given_to("Learnt", "fengkou/learning.py"),
        "digest.period.": list(Period),
        "flag.": list(Flag),
        "hand.": list(HandKind),
        "evidence.": WEIGHTS,
        "heat_unit.": {board.heat_unit for board in catalog.facts() if board.heat_unit}
        | OF_OWN_BOARDS,
        "later.": ["evening", "morning"],
        "legend.": LEGEND + MARKS_LEGEND,
        "reason.": reasons(),
        "lint.": list(LintKind),
        "record.": [CallVerdict.OPEN, CallVerdict.UNKNOWN],
        "section.": [
            f"{name}{end}"
            for name in (*Section, "night", "listed", "listed_night")
            for end in ("", ".told")
        ],
        "section.quiet": ["", "_of_desk"],
        "section.quiet_day": ["", "_of_desk"],
        "section.quiet_now": ["", "_of_desk"],
        "several.": list(Kind),
        "stage.": list(Stage),
        "tag.": [*Kind, "breaking", "news"],
        "told.": [Kind.BACK, Kind.CORRECTION],
        "tokens.": tables.TOKEN_COLUMNS,
        "trap.": list(Trap),
        "trouble.": TROUBLES,
        "verdict.": list(Verdict),
        "weekday.": [str(day) for day in range(1, 8)],
        "why.as_of_": ["same_source", "other_source"],
    }


def test_every_code_has_its_message() -> None:
    for beginning, known in codes().items():
        assert known, beginning
        assert not {f"{beginning}{code}" for code in known} - KEYS


def test_codes_are_known_wherever_a_key_is_only_begun() -> None:
    assert {ask.key for ask in asked() if ask.is_beginning} == codes().keys()


def test_every_message_is_asked_for() -> None:
    by_code = {f"{beginning}{code}" for beginning, known in codes().items() for code in known}
    by_name = literals() | {ask.key for ask in asked()}
    assert sorted(KEYS - by_name - by_code) == []


@LANGUAGES
def test_every_message_can_be_said(language: Language) -> None:
    words = messages_in(language)
    for key, entry in entries(language).items():
        filled = {name: name for form in forms(entry) for name in blanks(form) - {"count"}}
        count = [2] if entry.msgid_plural else []
        told = words.say(key, *count, **filled)
        assert "{" not in told, key
        assert words.knows(key), key


def test_a_message_that_is_nowhere_is_an_error_that_names_it() -> None:
    assert not messages_in(Language.ZH).knows("no.such")
    with pytest.raises(MessageMissingError, match=r"no\.such"):
        messages_in(Language.ZH).say("no.such")


def test_what_is_filled_in_is_never_read_for_blanks() -> None:
    said = messages_in(Language.EN).say("join.aside", text="{note}", note="{0.__class__}")
    assert said == "{note} ({0.__class__})"


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def test_a_message_that_is_marked_fuzzy_is_not_said() -> None:
    unsure = Messages(Language.ZH, read(f'{HEAD}#, fuzzy\nmsgid "join.stop"\nmsgstr "?"\n'))
    assert not unsure.knows("join.stop")
