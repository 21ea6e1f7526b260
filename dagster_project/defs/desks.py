"""Desks: after each build every desk hears of what concerns it, and is sent it; by the hour and the day each
has its digest."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

import dagster as dg

from dagster_project.defs.publish import COPY
from dagster_project.defs.resources import HomeResource
from fengkou.desks.desk_folder import desks, names_of_files
from fengkou.desks.digests import DeskDigests, write_desk_digests
from fengkou.desks.listening import counts
from fengkou.desks.round import Round, hear_and_send
from fengkou.home import Home
from pipelines.desks.desk import Desk
from pipelines.desks.telling import Outgoing
from pipelines.digest.contents import Period

SHOWN = 20
"""Messages of a preview: those of one round are few, and a night's are told in one."""

ARRIVE = "messages_arrive"
OTHERS = "others"

# Dagster reads an annotation of one result as one output, and here is a check beside it.
Told = Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]


class DeskDigestConfig(dg.Config):
    """When; empty means the newest capture."""

    at: str = ""


def _asset(name: str) -> dg.AssetsDefinition:
    key = ["desks", name.replace("-", "_")]  # Dagster takes no hyphen

    @dg.asset(
        key=key,
        deps=[COPY],
        group_name="desks",
        kinds={"sqlite"},
        description=f"What the desk {name} hears of after a build, and is sent; its page is as new.",
        check_specs=[dg.AssetCheckSpec(ARRIVE, asset=key)],
    )
    def desk(fengkou: HomeResource) -> Told:
        yield from _heard(key, fengkou.home(), {name})

    return desk


@dg.asset(
    key=["desks", OTHERS],
    deps=[COPY],
    group_name="desks",
    kinds={"sqlite"},
    check_specs=[dg.AssetCheckSpec(ARRIVE, asset=["desks", OTHERS])],
)
def others(fengkou: HomeResource) -> Told:
    """Desks whose files came after these definitions were loaded; reload them, and each has its own asset."""
    home = fengkou.home()
    yield from _heard(["desks", OTHERS], home, names_of_files(home) - set(NAMES))


def _heard(key: list[str], home: Home, names: Collection[str]) -> Told:
    """Desks hear and are sent what there is; who is told of something finds it on the page of the hour."""
    listened = hear_and_send(home, names)
    yield from _told(key, listened)
    told = {each.desk for each in listened.heard if each.decided and each.decided.outgoing}
    pages = [desk for desk in desks(home).running if desk.name in told]
    if pages:
        _written(home, pages, None, Period.HOUR)


def _written(
    home: Home, running: Sequence[Desk], at: datetime | None, period: Period
) -> DeskDigests:
    """The digests of desks, all that can be; raises dg.Failure where one is not."""
    found = write_desk_digests(home, running, at, period) if running else DeskDigests()
    if found.failed:
        told = "; ".join(f"{name}: {why}" for name, why in found.failed.items())
        raise dg.Failure(f"Not written of {len(found.failed)} of {len(running)} desks: {told}")
    return found


def _digests(home: Home, at: str, period: Period) -> dg.MaterializeResult[None]:
    instant = datetime.fromisoformat(at) if at else None
    found = _written(home, desks(home).running, instant, period)
    rows = [
        f"| {each.desk.name} | {taken.taken_count if (taken := each.written.digest.desk) else 0} | "
        f"{len(each.written.digest.topics)} | {each.seconds:.2f} | {each.written.files['html']} |"
        for each in found.written
    ]
    heads = [
        "| desk | stories | cards | processor, s | page |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    return dg.MaterializeResult(
        metadata={
            "desks": len(found.written),
            "made_seconds": found.made_seconds,
            "written_seconds": sum(each.seconds for each in found.written),
            "pages": dg.MetadataValue.md("\n".join([*heads, *rows])),
        }
    )


@dg.asset(key=["publish", "desk_digests_hour"], deps=[COPY], group_name="publish", kinds={"html"})
def desk_digests_hour(
    config: DeskDigestConfig, fengkou: HomeResource
) -> dg.MaterializeResult[None]:
    """What each desk's rules take, for people who plan the next hours."""
    return _digests(fengkou.home(), config.at, Period.HOUR)


@dg.asset(key=["publish", "desk_digests_day"], deps=[COPY], group_name="publish", kinds={"html"})
def desk_digests_day(config: DeskDigestConfig, fengkou: HomeResource) -> dg.MaterializeResult[None]:
    """What each desk's rules take, for people who plan the day."""
    return _digests(fengkou.home(), config.at, Period.DAY)


def _told(key: list[str], listened: Round) -> Told:
    totals = {"stories": 0, "told": 0, "messages": 0, "held": 0}
    for heard in listened.heard:
        for what, count in counts(heard).items():
            totals[what] += count
    outgoing = [
        each for heard in listened.heard if heard.decided for each in heard.decided.outgoing
    ]
    yield dg.MaterializeResult(
        asset_key=key,
        metadata={
            **totals,
            "sent": sum(listened.sent.taken.values()),
            "failed": sum(listened.sent.failed.values()),
            "queued": listened.sent.left,
            "faults": "\n".join(listened.faults) or "none",
            "preview": dg.MetadataValue.md("\n".join(_lines(outgoing)) or "nothing"),
        },
    )
    yield _arrived(key, listened)


def _arrived(key: list[str], listened: Round) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=ARRIVE,
        passed=not listened.troubled,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            f"{each.desk}/{each.channel}": (
                f"{each.failed_count} failed, {each.waiting_count} wait: "
                f"{each.failure} {each.code} {each.said}"
            )
            for each in listened.troubled
        },
    )


def _lines(outgoing: list[Outgoing]) -> Iterator[str]:
    for each in outgoing[:SHOWN]:
        message = each.message
        titles = "; ".join(story.title for story in message.stories)
        more = f" and {message.more} more" if message.more else ""
        yield f"- {message.kind} to {', '.join(each.channels) or 'nobody'}: {titles}{more}"


NAMES = sorted(names_of_files(Home.from_environment()) - {OTHERS})
desk_assets = [_asset(name) for name in NAMES]
