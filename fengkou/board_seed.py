"""What the catalogue says of boards, how their captures are judged, and what is forecast on lists."""

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from crawlers import catalog
from pipelines.boards import contract
from warehouse import incremental, query
from warehouse.arrow import columns
from warehouse.incremental import Connection
from warehouse.models.mart import forecasts
from warehouse.models.ops import spread_models


def build_boards(con: Connection) -> int:
    """Write what the catalogue says of each board; how many there are."""
    rows = [
        (
            one.name,
            one.source,
            one.title_zh,
            one.title_en,
            one.cadence_minutes,
            one.heat_unit,
            one.list_board,
            one.place,
        )
        for one in catalog.facts()
    ]
    return incremental.replace_boards(con, rows)


def build_listed_words(con: Connection, listed: Sequence[str]) -> int:
    """Write the words that people want cut whole; how many there are."""
    return incremental.replace_listed_words(con, listed)


MEASURES = [
    name for name in contract.Snapshot.__dataclass_fields__ if name not in ("other_zh", "other_en")
]


USUALS = list(contract.History.__dataclass_fields__)


def build_verdicts(con: Connection, version: str) -> int:
    """Judge each snapshot by the contract of its board; how many were judged."""
    boards = {one.name: one for one in catalog.facts()}
    facts = {
        name: contract.Facts(one.expected_count, one.cadence_minutes, one.heat_unit)
        for name, one in boards.items()
    }
    unknown = contract.Facts()

    def make(since: datetime) -> pa.Table:
        rows = []
        for row in query.rows(con, "snapshots_to_judge", since=since):
            other = boards.get(row["other_board"])
            snapshot = contract.Snapshot(
                **{name: row[name] for name in MEASURES},
                other_zh=other.title_zh if other else row["other_board"] or "",
                other_en=other.title_en if other else row["other_board"] or "",
            )
            usual = contract.History(**{name: row[f"usual_{name}"] for name in USUALS})
            said = contract.judge(snapshot, usual, facts.get(row["board"], unknown))
            rows.append(
                (
                    row["board"],
                    row["captured_at"],
                    said.verdict,
                    said.claims,
                    said.sentence_zh,
                    said.sentence_en,
                    usual.snapshot_count,
                )
            )
        return columns(
            rows,
            board=pa.string(),
            captured_at=pa.timestamp("us"),
            verdict=pa.string(),
            claims=pa.list_(pa.string()),
            sentence_zh=pa.string(),
            sentence_en=pa.string(),
            usual_snapshot_count=pa.int64(),
        )

    # The catalogue's facts are a part of the rule: when one changes, the past is judged again.
    rule = "\n".join([version, *(f"{boards[name].title_zh} {facts[name]}" for name in boards)])
    return incremental.rebuild_since(
        con, "ops.verdicts", "captured_at", incremental.version_of(con, rule, ()), make
    )


def build_stay_words(con: Connection, version: str) -> int:
    """Read the titles of the stays that began, by what is remembered of their words; how many."""

    def make(since: datetime) -> pa.Table:
        return forecasts.read_stays(con, since, version)

    return incremental.rebuild_since(con, "core.stay_words", "began_at", version, make)


def build_spread_models(con: Connection, version: str) -> int:
    """Learn, for each Monday, which topics come to three lists; how many Mondays."""
    return incremental.rebuild_since(
        con, "ops.spread_models", "known_until", version, lambda _: spread_models.learn_mondays(con)
    )


def build_forecasts(con: Connection, version: str) -> int:
    """Forecast every topic on a list now, and keep what was said; how many were made."""

    def make(at: datetime) -> pa.Table:
        return forecasts.topic_table(forecasts.forecasts(con, at))

    return incremental.judge_at_newest(con, "mart.forecasts", version, make)
