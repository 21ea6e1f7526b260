"""Checks: each claim in ``warehouse/checks``, and whether each board is fresh."""

from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg

from crawlers import catalog
from dagster_project import line
from dagster_project.defs.resources import HomeResource
from warehouse.checks import Claim, claims, liars

LIARS_SHOWN = 10


def _check(claim: Claim) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=claim.table.split("."), name=claim.name, description=claim.description)
    def check(fengkou: HomeResource) -> dg.AssetCheckResult:
        with line.opened(fengkou.home()) as con:
            found = liars(con, claim, LIARS_SHOWN)
        return dg.AssetCheckResult(
            passed=not found.count,
            severity=dg.AssetCheckSeverity.ERROR,
            metadata={"rows_that_break_it": found.count, "some": dg.MetadataValue.md(found.shown)},
        )

    return check


@dg.multi_asset_check(
    name="boards_are_fresh",
    specs=[
        dg.AssetCheckSpec(
            "fresh",
            asset=["landing", name],
            additional_deps=[["raw", "snapshots"], ["core", "snapshots"]],
            description="A list was captured within three times its usual gap.",
        )
        for name in catalog.names()
    ],
)
def boards_are_fresh(fengkou: HomeResource) -> Iterator[dg.AssetCheckResult]:
    """Say of each board whether its list is recent enough to be believed."""
    standings = {
        str(row["board"]): row for row in line.board_standings(fengkou.home(), datetime.now(UTC))
    }
    for name in catalog.names():
        row = standings.get(name)
        verdict = str(row["verdict"]) if row else "missing"
        yield dg.AssetCheckResult(
            asset_key=["landing", name],
            check_name="fresh",
            passed=verdict in ("ok", "failed"),
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "verdict": verdict,
                "last_list": str(row["last_ok_at"]) if row else "never",
                "reason": str(row["detail"]) if row and row["detail"] else "none",
            },
        )


claim_checks = [_check(claim) for claim in claims()]
