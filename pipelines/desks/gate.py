"""The gate of a desk: what it hears of now, what waits, and what is kept back; once for each story.

Pure: the past is asked of a record, the time is a parameter, and whatever is decided is handed back whole.
A desk that listens and one that is tried on the past go through here alike.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipelines.desks.desk import Desk, Rule, Urgency
from pipelines.desks.flags import Flag, flags
from pipelines.desks.gathered import alerts, digests, release
from pipelines.desks.hours import DAY
from pipelines.desks.levels import changes, conditions, is_material, standing_of
from pipelines.desks.message import Change, Kind
from pipelines.desks.record import SILENCED, Record
from pipelines.desks.stories import DeskStory, Matched
from pipelines.desks.telling import Decided, Held, Scope, Silence, Telling, Wait
from pipelines.desks.tick import Tick
from pipelines.desks.told_story import Names, told_story

UPDATES_A_DAY = 3
UPDATES_APART = timedelta(hours=1)
"""Who was told of a story hears of it again at most so often: news that grows by the minute is one story."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A story that rules took: those whose conditions are met, else all that took it; and what was told."""

    matched: Matched
    rules: tuple[Rule, ...]
    is_material: bool
    told: Sequence[Telling]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class _News:
    """What there is to tell of a story, and what rose since it was told."""

    kind: Kind
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate of one desk."""

    desk: Desk
    names: Names

    def hear(
        self,
        at: datetime,
        matched: Iterable[Matched],
        record: Record,
        unread: Callable[[], Sequence[str]] = tuple,
    ) -> Decided | None:
        """What the desk is to hear of at ``at`` (aware UTC), of the stories that its rules took.

        ``unread`` names the lists that could not be read, asked for where a digest tells them. None where
        it listened at that instant or later already: a clock that was set back, or a second tick at once,
        tells nothing twice.
        """
        heard_at = record.heard_at()
        if heard_at is not None and at <= heard_at:
            return None
        tick = Tick(self.desk, record, at)
        silences = record.silences(at)
        for each in sorted(matched, key=lambda each: _weight(each.story)):
            self._weigh(tick, self._heard(tick, each), silences)
        if heard_at is None:
            _open(tick)
        else:
            alerts(tick)
            digests(tick, heard_at, unread)
        release(tick)
        return tick.decided()

    def _heard(self, tick: Tick, matched: Matched) -> _Heard:
        story = matched.story
        took = tuple(rule for rule in self.desk.rules if rule.id in matched.hits)
        met = tuple(
            rule for rule in took if is_material(rule.when, conditions(self.desk, rule, story))
        )
        told = tick.record.tellings_of(story.ids)
        return _Heard(matched, met or took, bool(met), told, flags(story, tick.at))

    def _weigh(self, tick: Tick, heard: _Heard, silences: Sequence[Silence]) -> None:
        news = self._news(tick, heard)
        if news is None:
            return
        if news.kind is not Kind.CORRECTION and _is_silenced(heard, silences):
            _hold(tick, heard, SILENCED)
            return
        telling = self._telling(tick, heard, news)
        tick.tellings.append(telling)
        if telling.wait is None and (telling.is_breaking or telling.kind is Kind.CORRECTION):
            tick.tell((telling,))
        elif telling.wait not in {None, Wait.DIGEST}:
            _hold(tick, heard, str(telling.wait))

    def _news(self, tick: Tick, heard: _Heard) -> _News | None:
        story, told = heard.matched.story, heard.told
        news = None
        if not told:
            if heard.is_material:
                return _News(Kind.NEW)
            _hold(tick, heard, "not_yet")
        elif Flag.REFUTED in heard.flags and not any(
            Flag.REFUTED in telling.story.flags for telling in told
        ):
            news = _News(Kind.CORRECTION)
        elif heard.is_material and _came_back(story, told):
            news = _News(Kind.BACK)
        elif rose := self._rose(heard):
            gate = _update_gate(told, tick.at)
            if gate is None:
                return _News(Kind.UPDATE, rose)
            _hold(tick, heard, gate)
        return news

    def _rose(self, heard: _Heard) -> tuple[Change, ...]:
        return changes(
            (telling.standing for telling in heard.told),
            standing_of(heard.matched.story),
            [rule.when.chance for rule in heard.rules if rule.when.chance is not None],
        )

    def _telling(self, tick: Tick, heard: _Heard, news: _News) -> Telling:
        story = heard.matched.story
        hits = [heard.matched.hits[rule.id] for rule in heard.rules]
        return Telling(
            id=f"{story.topic_id}-{news.kind}-{tick.at:%Y%m%dT%H%M%S}",
            ids=story.ids,
            kind=news.kind,
            at=tick.at,
            story=replace(
                told_story(news.kind, story, hits, news.changes, self.names), flags=heard.flags
            ),
            standing=standing_of(story),
            rules=tuple(rule.id for rule in heard.rules),
            channels=self._channels(news.kind, heard),
            wait=_wait(tick, news.kind, heard.rules),
            is_breaking=any(rule.send.urgency is Urgency.BREAKING for rule in heard.rules),
        )

    def _channels(self, kind: Kind, heard: _Heard) -> tuple[str, ...]:
        every = tuple(channel.name for channel in self.desk.channels)
        if kind is Kind.CORRECTION:
            wanted = {name for telling in heard.told for name in telling.channels}
        elif any(not rule.send.channels for rule in heard.rules):
            return every
        else:
            wanted = {name for rule in heard.rules for name in rule.send.channels}
        return tuple(name for name in every if name in wanted)


def _wait(tick: Tick, kind: Kind, rules: Sequence[Rule]) -> Wait | None:
    """What a telling waits for; None where it goes at once. Budgets and digests hold no correction back."""
    loud = [rule for rule in rules if rule.send.urgency is not Urgency.DIGEST]
    if not loud and kind is not Kind.CORRECTION:
        return Wait.DIGEST
    if tick.is_quiet and not any(
        rule.send.urgency is Urgency.BREAKING and rule.send.wakes for rule in rules
    ):
        return Wait.QUIET
    if kind is Kind.CORRECTION:
        return None
    if _is_day_spent(tick, loud):
        return Wait.DAY
    return Wait.HOUR if tick.is_hour_spent() else None


def _is_day_spent(tick: Tick, rules: Sequence[Rule]) -> bool:
    """Whether the desk's budget of a day is used up, or that of each of the rules."""
    sent = tick.sent_since(tick.today)
    per_day = tick.desk.budget.per_day
    if per_day is not None and len(sent) >= per_day:
        return True
    by_rule = [
        {hit.rule_id for story in outgoing.message.stories for hit in story.rules}
        for outgoing in sent
    ]
    return all(
        rule.send.per_day is not None
        and sum(rule.id in told for told in by_rule) >= rule.send.per_day
        for rule in rules
    )


def _open(tick: Tick) -> None:
    """A desk that opens hears in one message of all that stands on lists by then."""
    tick.outgoing.clear()
    tick.tellings[:] = [
        replace(telling, wait=telling.wait or Wait.HOUR) for telling in tick.tellings
    ]


def _hold(tick: Tick, heard: _Heard, gate: str) -> None:
    """Keep in mind that a gate kept a story back: once for each gate."""
    story = heard.matched.story
    if not any(tick.record.was_held(known, gate) for known in story.ids):
        rules = tuple(heard.matched.hits)
        tick.held.append(Held(story.topic_id, story.headline, gate, tick.at, rules))


def _weight(story: DeskStory) -> tuple[float, int, int]:
    """What is told first of one tick: what is likelier to come to the top, then what stands higher."""
    return (-(story.chance or 0.0), story.best_rank or 0, story.topic_id)


def _came_back(story: DeskStory, told: Sequence[Telling]) -> bool:
    """Whether a story came to a list again, after days on none, since it was told."""
    back = story.came_back_at
    return back is not None and all(telling.at < back for telling in told)


def _update_gate(told: Sequence[Telling], at: datetime) -> str | None:
    updates = [each for each in told if each.kind is Kind.UPDATE and each.at > at - DAY]
    if len(updates) >= UPDATES_A_DAY:
        return "updates_of_day"
    return "updates_apart" if at - told[-1].at < UPDATES_APART else None


def _is_silenced(heard: _Heard, silences: Sequence[Silence]) -> bool:
    story = heard.matched.story
    rules = {rule.id for rule in heard.rules}
    ids = {str(known) for known in story.ids}
    titles = [line.title.casefold() for line in story.lines]
    return any(
        (silence.scope == Scope.RULE and rules <= {silence.value})
        or (silence.scope == Scope.STORY and silence.value in ids)
        or (
            silence.scope == Scope.WORD
            and any(silence.value.casefold() in title for title in titles)
        )
        for silence in silences
    )
