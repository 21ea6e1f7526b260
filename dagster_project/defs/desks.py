"""Desks: after each build every desk hears of what concerns it, and is sent it."""

from collections.abc import Iterator

import dagster as dg

from dagster_project.defs.publish import COPY
from dagster_project.defs.resources import HomeResource
from fengkou.desks.desk_folder import names_of_files
from fengkou.desks.listening import counts
from fengkou.desks.round import Round, hear_and_send
from fengkou.home import Home
from pipelines.desks.telling import Outgoing

SHOWN = 20
"""Messages of a preview: those of one round are few, and a night's are told in one."""

ARRIVE = "messages_arrive"
OTHERS = "others"

# Dagster reads an annotation of one result as one output, and here is a check beside it.
Told = Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]


def _asset(name: str) -> dg.AssetsDefinition:
    key = ["desks", name.replace("-", "_")]  # Dagster takes no hyphen

    @dg.asset(
        key=key,
        deps=[COPY],
        group_name="desks",
        kinds={"sqlite"},
        description=f"What the desk {name} hears of after a build, and is sent.",
        check_specs=[dg.AssetCheckSpec(ARRIVE, asset=key)],
    )
    def desk(fengkou: HomeResource) -> Told:
        yield from _told(key, hear_and_send(fengkou.home(), {name}))

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
    yield from _told(["desks", OTHERS], hear_and_send(home, names_of_files(home) - set(NAMES)))


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
