"""A desk's file, read: the desk that it describes, or every fault that it has."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from crawlers.durable_file import read_plain
from fengkou.desks.channel_sense import channel_faults
from fengkou.desks.desk_entry import (
    ChannelEntry,
    ConditionsEntry,
    DeskEntry,
    DigestEntry,
    NearEntry,
    PatternEntry,
    RuleEntry,
    SendEntry,
    TermEntry,
    WhenEntry,
    WhereEntry,
)
from fengkou.desks.desk_sense import senseless
from fengkou.desks.entry_faults import misfits
from fengkou.desks.faults import START, DeskFaultyError, Fault, Place, told, told_way
from fengkou.desks.written_words import Known, clock, quiet_hours, window
from fengkou.desks.yaml_text import Steps, Written, read_yaml
from pipelines.desks.compiled_desk import CompiledDesk
from pipelines.desks.desk import (
    MATERIAL,
    Budget,
    ChannelSettings,
    Desk,
    DigestTime,
    Near,
    Pattern,
    Rule,
    Send,
    Term,
    Urgency,
    When,
    Where,
    Word,
)
from pipelines.desks.words import TermError
from pipelines.forecast.stages import Stage
from pipelines.language import Language

LARGEST = 256 * 1024
"""Bytes: a desk of two hundred rules is a tenth of it."""


def read_text(file: Path) -> str:
    """What a desk's file holds. Raises DeskFaultyError for what is no text of a desk, OSError for no file."""
    if file.stat().st_size > LARGEST:
        raise _faulty(
            file,
            f"found {file.stat().st_size} bytes, expected at most {LARGEST}. Make several desks of it.",
        )
    try:
        content = read_plain(file)
    except ValueError as error:
        raise _faulty(file, f"{error}. Write a file of text.") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = Place(before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
        raise DeskFaultyError(
            [Fault(file, place, "found bytes that are no UTF-8. Save the file as UTF-8.")]
        ) from None


def version_of(text: str) -> str:
    """What a text is known by: the hash of it."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_desk(text: str, file: Path, known: Known, name: str | None = None) -> Desk:
    """The desk that a text describes. Raises DeskFaultyError with all of its faults.

    ``file`` is told in faults; ``name``: what the desk has to be called.
    """
    written = read_yaml(text)
    faults = {Fault(file, place, sentence) for place, sentence in written.flaws.items()}
    entry = None
    if written.is_whole:
        found: list[tuple[Place, Steps, str]] = []
        if isinstance(written.value, dict):
            try:
                entry = DeskEntry.model_validate(written.value, context=known)
            except ValidationError as error:
                found += misfits(error, written)
            senses = [*senseless(written.value), *_of_channels(written.value, known)]
            found += [(written.place(steps), steps, said) for steps, said in senses]
        else:
            found.append(
                (
                    written.place(()),
                    (),
                    f"found {told(written.value)}, expected desk: and watch:.",
                )
            )
        faults |= {*_faults(found, written, file)}
    if entry and name not in {None, entry.desk}:
        said = f"desk: found {told(entry.desk)} in {file.name}. Rename the desk or the file: they are one."
        faults.add(Fault(file, written.place(("desk",)), said))
    if faults or entry is None:
        raise DeskFaultyError(faults)
    desk = _desk(entry, version_of(text))
    try:
        CompiledDesk(desk)
    except TermError as error:  # each term is good, and they are too much together
        raise _faulty(file, f"watch: {error}") from None
    return desk


def _faulty(file: Path, sentence: str) -> DeskFaultyError:
    return DeskFaultyError([Fault(file, START, sentence)])


def _of_channels(value: dict[str, Any], known: Known) -> Iterator[tuple[Steps, str]]:
    channels = value.get("channels")
    if isinstance(channels, dict) and known.channel_kinds is not None:
        yield from channel_faults(channels, known.channel_kinds)


def _faults(found: list[tuple[Place, Steps, str]], written: Written, file: Path) -> Iterator[Fault]:
    for place, steps, sentence in found:
        if place in written.flaws:
            continue  # there is no value, and what is wrong with it is told
        key = told_way(steps)
        yield Fault(file, place, f"{key}: {sentence}" if key else sentence)


def _desk(entry: DeskEntry, version: str) -> Desk:
    budget = entry.budget
    return Desk(
        name=entry.desk,
        title=entry.title or entry.desk,
        zone=ZoneInfo(entry.tz),
        language=Language(entry.language),
        rules=tuple(map(_rule, entry.watch)),
        version=version,
        where=_where(entry),
        none_of=_terms(entry.not_),
        quiet=tuple(map(quiet_hours, entry.quiet)),
        budget=Budget(budget.per_hour, budget.per_day) if budget else Budget(),
        digests=tuple(map(_digest, entry.digests)),
        channels=tuple(_channel(name, each) for name, each in entry.channels.items()),
    )


def _rule(entry: RuleEntry) -> Rule:
    return Rule(
        id=entry.id,
        any_of=_terms(entry.any_),
        all_of=_terms(entry.all_),
        none_of=_terms(entry.not_),
        aliases={word: tuple(others) for word, others in entry.aliases.items()},
        where=_where(entry.where) if entry.where else Where(),
        when=_when(entry.when) if entry.when else MATERIAL,
        send=_send(entry.send) if entry.send else Send(),
    )


def _where(entry: DeskEntry | WhereEntry) -> Where:
    return Where(frozenset(entry.boards), frozenset(entry.not_boards), frozenset(entry.categories))


def _when(entry: WhenEntry) -> When:
    said: ConditionsEntry = entry.all_of or entry.any_of or entry
    return When(
        chance=said.chance,
        boards=said.boards,
        rank=said.rank,
        stages=frozenset(map(Stage, said.stage)),
        needs_all=entry.all_of is not None,
    )


def _send(entry: SendEntry) -> Send:
    return Send(Urgency(entry.urgency), entry.per_day, entry.wake, tuple(entry.channels))


def _digest(entry: DigestEntry) -> DigestTime:
    covered = window(entry.window) if entry.window else None
    return DigestTime(clock(entry.at), covered, tuple(entry.channels))


def _channel(name: str, entry: ChannelEntry) -> ChannelSettings:
    options = dict(entry.__pydantic_extra__ or {})
    return ChannelSettings(name, entry.kind, entry.secret or "", entry.sign, options)


def _terms(entries: list[TermEntry]) -> tuple[Term, ...]:
    return tuple(map(_term, entries))


def _term(entry: TermEntry) -> Term:
    if isinstance(entry, NearEntry):
        return Near(tuple(map(Word, entry.near)), entry.within)
    return Pattern(entry.re) if isinstance(entry, PatternEntry) else Word(entry)
