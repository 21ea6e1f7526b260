"""Publish: the copy that analysts read, and the digests."""

from datetime import datetime

import dagster as dg

from dagster_project.defs.resources import HomeResource
from fengkou import operations, reads
from fengkou.bad_standing import keep_standing
from fengkou.cadences import keep, plan_now
from fengkou.digests import Written
from pipelines.boards.cadence import Cadence
from pipelines.digest.contents import Period
from pipelines.language import Language
from warehouse.graph import steps

MART = [step.table.split(".") for step in steps() if step.layer == "mart"]
COPY = ["publish", "warehouse"]
"""What is read once it is swapped in, while others write."""

PREVIEW_CHARACTERS = 20_000
"""Dagster shows metadata whole: a longer preview makes the page slow."""


class DigestConfig(dg.Config):
    """When and in what language; empty means the newest capture, in Chinese."""

    at: str = ""
    language: Language = Language.ZH


@dg.asset(
    key=["publish", "warehouse"],
    deps=MART,
    group_name="publish",
    kinds={"duckdb", "parquet"},
    op_tags={"fengkou/writes": "warehouse"},
)
def warehouse(fengkou: HomeResource) -> dg.MaterializeResult[None]:
    """The read-only copy of the warehouse, swapped in whole, and Parquet of its marts."""
    published = operations.publish_home(fengkou.home())
    return dg.MaterializeResult(
        metadata={
            "file": dg.MetadataValue.path(str(published.file)),
            "size_bytes": published.size_bytes,
            "parquet_files": len(published.parquet),
        }
    )


@dg.asset(
    key=["publish", "cadences"],
    deps=[COPY],
    group_name="publish",
    kinds={"json"},
)
def cadences(fengkou: HomeResource) -> dg.MaterializeResult[None]:
    """How often each board is looked at from now on, chosen by how long its titles stay.

    Which boards are to be gone round is kept beside it.
    """
    home = fengkou.home()
    with reads.reading(home) as con:
        chosen = plan_now(con)
        keep_standing(home, con)
    keep(home, chosen)
    rows = [
        f"| {cadence.board} | {cadence.interval_minutes} | {_share(cadence)} |"
        for cadence in chosen
    ]
    table = "\n".join(
        ["| board | every, min | new titles missed |", "| --- | ---: | ---: |", *rows]
    )
    return dg.MaterializeResult(
        metadata={
            "requests_per_hour": sum(60 / cadence.interval_minutes for cadence in chosen),
            "intervals": dg.MetadataValue.md(table),
        }
    )


def _share(cadence: Cadence) -> str:
    return "unknown" if cadence.missed_share is None else f"{cadence.missed_share:.1%}"


def _digest(
    config: DigestConfig, fengkou: HomeResource, period: Period
) -> dg.MaterializeResult[None]:
    at = datetime.fromisoformat(config.at) if config.at else None
    return _told(operations.write_digest_at(fengkou.home(), at, period, config.language))


def _told(written: Written) -> dg.MaterializeResult[None]:
    boards = written.digest.boards
    return dg.MaterializeResult(
        metadata={
            "topics": len(written.digest.topics),
            "boards_ok": len(boards) - len(written.digest.troubled),
            "boards_troubled": len(written.digest.troubled),
            "page": dg.MetadataValue.path(str(written.files["html"])),
            "preview": dg.MetadataValue.md(
                written.files["md"].read_text(encoding="utf-8")[:PREVIEW_CHARACTERS]
            ),
        }
    )


@dg.asset(key=["publish", "digest_hour"], deps=[COPY], group_name="publish", kinds={"html"})
def digest_hour(config: DigestConfig, fengkou: HomeResource) -> dg.MaterializeResult[None]:
    """What rises now, for people who plan the next hours."""
    return _digest(config, fengkou, Period.HOUR)


@dg.asset(key=["publish", "digest_day"], deps=[COPY], group_name="publish", kinds={"html"})
def digest_day(config: DigestConfig, fengkou: HomeResource) -> dg.MaterializeResult[None]:
    """What rises and what stands high, for people who plan the day."""
    return _digest(config, fengkou, Period.DAY)
