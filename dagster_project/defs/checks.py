"""Checks: each claim in ``warehouse/checks``, and whether each board is fresh and as it usually is."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import dagster as dg

from crawlers import catalog
from dagster_project.defs.resources import HomeResource
from fengkou import operations
from warehouse.checks import Claim, claims, liars

LIARS_SHOWN = 10

LISTS = {one.name: one.list_board for one in catalog.facts()}

BOARD_CHECKS = {
    "fresh": "A list was captured within three times its usual gap.",
    "keeps_its_contract": "The newest capture is what the board's list usually is.",
}


def _check(claim: Claim) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=claim.table.split("."), name=claim.name, description=claim.description)
    def check(fengkou: HomeResource) -> dg.AssetCheckResult:
        with operations.opened(fengkou.home()) as con:
            found = liars(con, claim, LIARS_SHOWN)
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
            additional_deps=[["raw", "snapshots"], ["core", "snapshots"], ["core", "servings"]],
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
    standings = {
        str(row["board"]): row
        for row in operations.board_standings(fengkou.home(), datetime.now(UTC))
    }
    for name in sorted({key.asset_key.path[-1] for key in context.selected_asset_check_keys}):
        row = standings.get(name)
        if idle := _idle(name, row, standings):
            for check in BOARD_CHECKS:
                yield dg.AssetCheckResult(
                    asset_key=["landing", name], check_name=check, passed=True, description=idle
                )
            continue
        verdict = str(row["verdict"]) if row else "missing"
        sentence = str(row["sentence_en"]) if row else "Nothing was landed in the last 30 days."
        yield dg.AssetCheckResult(
            asset_key=["landing", name],
            check_name="fresh",
            passed=row is not None and not row["is_overdue"],
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "verdict": verdict,
                "last_list": str(row["last_ok_at"]) if row else "never",
                "reason": str(row["detail"]) if row and row["detail"] else "none",
            },
        )
        yield dg.AssetCheckResult(
            asset_key=["landing", name],
            check_name="keeps_its_contract",
            passed=row is not None and row["contract_verdict"] == "ok",
            severity=dg.AssetCheckSeverity.WARN,
            description=sentence,
            metadata={
                "verdict": str(row["contract_verdict"]) if row else "missing",
                "sentence_zh": str(row["sentence_zh"]) if row else "30 天内没有任何记录。",
                "sentence_en": sentence,
            },
        )


def _idle(
    name: str, row: Mapping[str, object] | None, standings: Mapping[str, Mapping[str, object]]
) -> str:
    """Why nothing is expected of a stand-in now; empty for other boards."""
    primary = LISTS[name]
    server = (row or standings.get(primary, {})).get("served_by")
    if primary == name or server in {name, None}:
        return ""
    return f"Not needed: {server} serves the list of {primary}."


claim_checks = [_check(claim) for claim in claims()]
