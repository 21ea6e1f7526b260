"""The desks of the home: what runs, what of their files is faulty, and for each what it was told."""

from starlette.exceptions import HTTPException

from fengkou.desks.desk_folder import Desks
from fengkou.desks.desk_folder import desks as found_desks
from fengkou.desks.faults import Fault
from fengkou.desks.store.database import EPOCH, Database, kept_ledger
from fengkou.desks.store.queue import Queue, Troubled
from fengkou.desks.store.records import DeskRecord
from fengkou.desks.store.told import ToldMessage, told_since
from fengkou.web.answers import Answer, of_grids
from fengkou.web.asked import MISSING, Asked
from fengkou.web.grid import UNKNOWN, Cell, Grid, instant, number, story_title, text
from fengkou.web.pages.rule_words import rules
from pipelines.desks.telling import Telling

TOLD_SHOWN = 200
"""Lines of what was told: a busy desk's week."""

STATES = {
    "queued": "web.state.queued",
    "sending": "web.state.sending",
    "sent": "web.state.sent",
    "failed": "web.state.failed",
}
WAITS = {
    "quiet": "web.wait.quiet",
    "hour": "web.wait.hour",
    "day": "web.wait.day",
    "digest": "web.wait.digest",
}
TONES = {"sent": "ok", "failed": "failed"}


def desks(asked: Asked) -> Answer:
    words = asked.words
    found = found_desks(asked.home)
    ledger = kept_ledger(asked.home.desk_ledger)
    heard = {desk.name: _heard(ledger, desk.name, asked) for desk in found.running}
    grid = Grid(
        "desks",
        "",
        ("web.desk", "web.desk_title", "web.rules", "web.channels", "web.heard", "web.file"),
        tuple(
            {
                "desk": Cell(desk.name, desk.name, asked.link(f"/desks/{desk.name}")),
                "desk_title": text(desk.title),
                "rules": number(len(desk.rules)),
                "channels": text(words.say("join.names").join(each.name for each in desk.channels)),
                "heard": heard[desk.name],
                "file": _file(desk.name, found, asked),
            }
            for desk in found.running
        ),
        words.say("web.no_desks"),
    )
    shown = (grid, faults(found.faults, asked)) if found.faults else (grid,)
    return of_grids(asked, "grids.html.jinja", *shown, heading=words.say("web.desks"))


def desk(asked: Asked) -> Answer:
    name = asked.names["desk"]
    found = found_desks(asked.home)
    running = {each.name: each for each in found.running}.get(name)
    own = tuple(fault for fault in found.faults if fault.file.stem == name)
    if running is None and not own:
        raise HTTPException(MISSING, "No desk is called so: /desks lists them.")
    ledger = kept_ledger(asked.home.desk_ledger)
    said: list[ToldMessage] = []
    waiting: list[Telling] = []
    troubled: list[Troubled] = []
    if ledger is not None:
        said = told_since(ledger, EPOCH, name, TOLD_SHOWN)
        troubled = [each for each in Queue(ledger).troubled() if each.desk == name]
        with ledger.reading() as con:
            waiting = list(DeskRecord(con, name).waiting())
    shown = [told(said, asked), waits(waiting, asked)]
    shown += [channels(troubled, asked)] if troubled else []
    shown += [faults(own, asked)] if own else []
    shown += [rules(running, asked)] if running else []
    title = running.title if running else name
    return of_grids(asked, "grids.html.jinja", *shown, heading=title, document={"desk": name})


def _heard(ledger: Database | None, name: str, asked: Asked) -> Cell:
    if ledger is None:
        return UNKNOWN
    with ledger.reading() as con:
        return instant(DeskRecord(con, name).heard_at(), asked.now)


def _file(name: str, found: Desks, asked: Asked) -> Cell:
    is_older = name in found.older
    said = asked.words.say("web.file.older" if is_older else "web.file.runs")
    return Cell(said, "older" if is_older else "runs", tone="failed" if is_older else "ok")


def told(messages: list[ToldMessage], asked: Asked) -> Grid:
    """Messages, the newest first, with what became of them on each channel."""
    words = asked.words
    return Grid(
        "told",
        words.say("web.desk.told"),
        (
            *("web.told_at", "web.story", "web.story_count", "web.kind", "web.channel"),
            *("web.state", "web.failure", "web.sent"),
        ),
        tuple(
            {
                "told_at": instant(each.at, asked.now),
                "story": UNKNOWN
                if each.topic_id is None
                else story_title(
                    each.title, asked.story(each.topic_id), words.say("topic.untitled")
                ),
                "story_count": number(each.story_count),
                "kind": Cell(words.say(f"tag.{each.kind}"), each.kind),
                "channel": text(each.channel),
                "state": Cell(
                    words.say(STATES[each.state]), each.state, tone=TONES.get(each.state, "")
                ),
                "failure": text(each.failure),
                "sent": instant(each.sent_at, asked.now),
            }
            for each in messages
        ),
        words.say("web.desk.told_nothing"),
    )


def waits(waiting: list[Telling], asked: Asked) -> Grid:
    """What is decided and told with a later message."""
    words = asked.words
    return Grid(
        "waiting",
        words.say("web.desk.waiting"),
        ("web.told_at", "web.story", "web.kind", "web.rules", "web.waits_for"),
        tuple(
            {
                "told_at": instant(each.at, asked.now),
                "story": story_title(
                    each.story.title, asked.story(each.story.topic_id), words.say("topic.untitled")
                ),
                "kind": Cell(words.say(f"tag.{each.kind}"), str(each.kind)),
                "rules": text(words.say("join.names").join(each.rules)),
                "waits_for": Cell(words.say(WAITS[each.wait]), str(each.wait))
                if each.wait
                else UNKNOWN,
            }
            for each in reversed(waiting)
        ),
        words.say("web.desk.waits_nothing"),
    )


def channels(troubled: list[Troubled], asked: Asked) -> Grid:
    """Channels that did not take what they were sent."""
    return Grid(
        "troubled",
        asked.words.say("web.desk.troubled"),
        ("web.channel", "web.failed_count", "web.waiting_count", "web.failure", "web.since"),
        tuple(
            {
                "channel": text(each.channel),
                "failed_count": number(each.failed_count),
                "waiting_count": number(each.waiting_count),
                "failure": text(" ".join(filter(None, (each.failure, each.code, each.said)))),
                "since": instant(each.at, asked.now),
            }
            for each in troubled
        ),
    )


def faults(found: tuple[Fault, ...], asked: Asked) -> Grid:
    """What is wrong in desks' files, and where."""
    return Grid(
        "faults",
        asked.words.say("web.desk.faults"),
        ("web.file", "web.line", "web.column", "web.fault"),
        tuple(
            {
                "file": Cell(
                    each.file.name, each.file.name, asked.link(f"/desks/{each.file.stem}")
                ),
                "line": number(each.place.line),
                "column": number(each.place.column),
                "fault": text(each.sentence),
            }
            for each in sorted(found)
        ),
    )
