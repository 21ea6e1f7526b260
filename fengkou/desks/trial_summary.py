"""A trial in numbers: how many messages a day, when, of what kind, and what each gate held back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles
from typing import Any

from fengkou.desks.trial import Trial
from pipelines.desks.telling import Held, Outgoing

MIDDLE, HIGH = 49, 89
"""Places of the median and the 90th hundredth among 99 cuts."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Messages a day (a day of the desk's zone): median, 90th hundredth, most, mean; and counts."""

    days: int
    median: float
    p90: float
    most: int
    mean: float
    stories: int
    by_hour: Mapping[int, int]
    by_kind: Mapping[str, int]
    by_rule: Mapping[str, int]
    held: Mapping[str, int]


def summary(trial: Trial) -> Summary:
    """The trial in numbers; the message with which a desk opens counts too."""
    zone = trial.desk.zone
    local = [each.message.at.astimezone(zone) for each in trial.outgoing]
    first, last = trial.since.astimezone(zone).date(), trial.until.astimezone(zone).date()
    by_day: Counter[date] = Counter(at.date() for at in local)
    counts = [by_day[first + timedelta(days=day)] for day in range((last - first).days + 1)]
    cuts = quantiles(counts, n=100, method="inclusive") if len(counts) > 1 else counts * 99
    return Summary(
        days=len(counts),
        median=cuts[MIDDLE],
        p90=cuts[HIGH],
        most=max(counts),
        mean=len(local) / max((trial.until - trial.since) / timedelta(days=1), 1.0),
        stories=len({telling.story.topic_id for telling in trial.tellings}),
        by_hour=dict(sorted(Counter(at.hour for at in local).items())),
        by_kind=dict(Counter(str(each.message.kind) for each in trial.outgoing)),
        by_rule=dict(Counter(rule for telling in trial.tellings for rule in telling.rules)),
        held=dict(Counter(held.gate for held in trial.held)),
    )


def as_json(trial: Trial) -> dict[str, Any]:
    """Every message that would have gone, and every story that was held, with the gate."""
    numbers = summary(trial)
    return {
        "desk": trial.desk.name,
        "version": trial.desk.version,
        "since": trial.since.isoformat(),
        "until": trial.until.isoformat(),
        "ticks": len(trial.ticks),
        "is_foretold": trial.is_foretold,
        "messages_a_day": {
            "median": numbers.median,
            "p90": numbers.p90,
            "most": numbers.most,
            "mean": round(numbers.mean, 2),
        },
        "messages": [message_as_json(each) for each in trial.outgoing],
        "held": [_held_as_json(each) for each in trial.held],
    }


def message_as_json(outgoing: Outgoing) -> dict[str, Any]:
    """A message: when, why, which stories, by which rules, on which lists."""
    message = outgoing.message
    return {
        "id": outgoing.id,
        "at": message.at.isoformat(),
        "kind": str(message.kind),
        "is_breaking": message.is_breaking,
        "titles": [story.title for story in message.stories],
        "rules": _once(hit.rule_id for story in message.stories for hit in story.rules),
        "lists": _once(place.board for story in message.stories for place in story.places),
        "stories": [
            {
                "topic_id": str(story.topic_id),
                "kind": str(story.kind),
                "title": story.title,
                "rules": [hit.rule_id for hit in story.rules],
                "words": [hit.words for hit in story.rules],
                "lists": {place.board: place.rank for place in story.places},
                "changes": [change.code for change in story.changes],
                "flags": list(story.flags),
                "chance_3h": story.expected.chance_3h if story.expected else None,
            }
            for story in message.stories
        ],
        "more": message.more,
        "channels": list(outgoing.channels),
        "covered": {
            "since": message.covered.since.isoformat(),
            "until": message.covered.until.isoformat(),
        }
        if message.covered
        else None,
    }


def _held_as_json(held: Held) -> dict[str, Any]:
    return {
        "at": held.at.isoformat(),
        "gate": held.gate,
        "topic_id": str(held.topic_id),
        "title": held.title,
        "rules": list(held.rules),
    }


def _once(values: Any) -> Sequence[str]:
    return list(dict.fromkeys(values))
