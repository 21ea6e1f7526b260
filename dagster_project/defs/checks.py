"""Checks: each claim in ``warehouse/checks``, and whether each board is fresh and as it usually is."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import dagster as dg

from crawlers import catalog
from dagster_project.defs.resources import HomeResource
from fengkou import operations, reads
from pipelines.boards.contract import Kept
from pipelines.boards.standing import BoardStanding
from pipelines.digest.render.board_sentences import board_sentence
from pipelines.language import Language
from warehouse.checks import Claim, claims, violations

ROWS_SHOWN = 10

LISTS = {board.name: board.list_board for board in catalog.facts()}

BOARD_CHECKS = {
    "fresh": "A list was captured within three times its usual gap.",
    "keeps_its_contract": "The newest capture is what the board's list usually is.",
}


def _check(claim: Claim) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=claim.table.split("."), name=claim.name, description=claim.description)
    def check(fengkou: HomeResource) -> dg.AssetCheckResult:
        with operations.opened(fengkou.home()) as con:
            found = violations(con, claim, ROWS_SHOWN)
        return dg.AssetCheckResult(
            passed=not found.count,
            severity=dg.AssetCheckSeverity.ERROR,
            metadata={"rows_that_break_it": found.count, "some": dg.MetadataValue.md(found.shown)},
        )

    return check


@dg.multi_asset_check(
    name="boards_are_fresh",
    can_subset=True,
    specs=[
        dg.AssetCheckSpec(
            check,
            asset=["landing", name],
            additional_deps=[["publish", "warehouse"]],
            description=description,
        )
        for name in catalog.names()
        for check, description in BOARD_CHECKS.items()
    ],
)
def boards_are_fresh(
    context: dg.AssetCheckExecutionContext, fengkou: HomeResource
) -> Iterator[dg.AssetCheckResult]:
    """Say of each board whether its list is recent enough, and enough like itself, to be believed."""
    boards = reads.board_standings(fengkou.home(), datetime.now(UTC))
    standings = {standing.board: standing for standing in boards}
    for name in sorted({key.asset_key.path[-1] for key in context.selected_asset_check_keys}):
        standing = standings.get(name)
        if idle := _idle(name, standings):
            for check in BOARD_CHECKS:
                yield dg.AssetCheckResult(
                    asset_key=["landing", name], check_name=check, passed=True, description=idle
                )
            continue
        yield dg.AssetCheckResult(
            asset_key=["landing", name],
            check_name="fresh",
            passed=standing is not None and not standing.is_overdue,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "verdict": standing.verdict.value if standing else "missing",
                "last_list": str(standing.last_ok_at) if standing else "never",
                "reason": (standing.detail if standing else "") or "none",
            },
        )
        yield dg.AssetCheckResult(
            asset_key=["landing", name],
            check_name="keeps_its_contract",
            passed=standing is not None and standing.contract_verdict is Kept.OK,
            severity=dg.AssetCheckSeverity.WARN,
            description=board_sentence(standing, Language.EN),
            metadata={
                "verdict": standing.contract_verdict.value if standing else "missing",
                "sentence_zh": board_sentence(standing, Language.ZH),
                "sentence_en": board_sentence(standing, Language.EN),
            },
        )


def _idle(name: str, standings: Mapping[str, BoardStanding]) -> str:
    """Why nothing is expected of a stand-in now; empty for other boards."""
    primary = LISTS[name]
    known = standings.get(name) or standings.get(primary)
    server = known.served_by if known else None
    if primary == name or server in {name, None}:
        return ""
    return f"Not needed: {server} serves the list of {primary}."


claim_checks = [_check(claim) for claim in claims()]
