"""Landing: one asset a board, all fetched by one child process."""

from collections.abc import Iterator

import dagster as dg

from crawlers import catalog
from crawlers.landing import Landed
from dagster_project.defs.resources import HomeResource, HostsResource
from fengkou import operations
from pipelines.captures import Status

ANSWERED = "answered_with_a_list"
NOT_ASKED = "no: it stands in for a board of its list, and was not needed"


def _specs() -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            ["landing", board.name],
            group_name="landing",
            description=f"{board.title_zh} ({board.title_en}), {board.url}",
            kinds={"scrapy"},
            metadata={
                "cadence_minutes": board.cadence_minutes,
                "homepage": dg.MetadataValue.url(board.homepage),
                "list": board.list_board,
            },
            skippable=False,
        )
        for board in catalog.facts()
    ]


def _check_specs() -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(
            ANSWERED,
            asset=["landing", board.name],
            description="The newest fetch yielded a list.",
        )
        for board in catalog.facts()
    ]


@dg.multi_asset(name="collect_boards", specs=_specs(), check_specs=_check_specs(), can_subset=True)
def collect_boards(
    context: dg.AssetExecutionContext, fengkou: HomeResource, hosts: HostsResource
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Fetch the selected boards once; each lands an outcome, good or bad.

    A stand-in is asked where the boards before it fail, and is else materialised with that word.
    """
    home = fengkou.home()
    boards = sorted(key.path[-1] for key in context.selected_asset_keys)
    outcomes = operations.collect(
        home,
        boards,
        origin=hosts.simulated_origin,
        instants=list(hosts.instants) or None,
    )
    for board in boards:
        mine = [landed for landed in outcomes if landed.board == board]
        yield from _report(board, mine) if mine else _not_asked(board)


def _not_asked(board: str) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """What is told of a stand-in that was not needed, or not to be asked at a host that refused."""
    key = ["landing", board]
    yield dg.MaterializeResult(asset_key=key, metadata={"captures": 0, "asked": NOT_ASKED})
    yield dg.AssetCheckResult(
        asset_key=key,
        check_name=ANSWERED,
        passed=True,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"asked": NOT_ASKED},
    )


def _report(
    board: str, outcomes: list[Landed]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    failed = [landed for landed in outcomes if landed.status is Status.FAILED]
    newest = max(outcomes, key=lambda landed: landed.captured_at)
    yield dg.MaterializeResult(
        asset_key=["landing", board],
        metadata={
            "captures": len(outcomes),
            "asked": "yes",
            "captures_failed": len(failed),
            "entries": sum(landed.entry_count for landed in outcomes),
            "rejects": sum(landed.reject_count for landed in outcomes),
            "newest": newest.captured_at.isoformat(),
            "reason": newest.reason or "ok",
            "detail": newest.detail or "ok",
        },
    )
    yield dg.AssetCheckResult(
        asset_key=["landing", board],
        check_name=ANSWERED,
        passed=newest.status is Status.OK,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"reason": newest.reason or "ok", "detail": newest.detail or "ok"},
    )
