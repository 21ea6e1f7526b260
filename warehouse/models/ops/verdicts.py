"""Whether each snapshot kept the contract of its board: judged once, with what was known then."""

from dataclasses import dataclass, fields
from hashlib import md5

from pipelines.boards.contract import Facts, History, Snapshot, judge
from warehouse import query
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import Lack, Ledger, Line


@dataclass(frozen=True, slots=True)
class _Board:
    board: str
    expected_low: int | None
    expected_high: int | None
    cadence_minutes: int
    heat_unit: str | None

    @property
    def facts(self) -> Facts:
        known = self.expected_low is not None and self.expected_high is not None
        expected = (self.expected_low or 0, self.expected_high or 0) if known else None
        return Facts(expected, self.cadence_minutes, self.heat_unit or "")


@dataclass(frozen=True, slots=True)
class _ListBefore:
    board: str
    was_another: bool


def _judge(con: Connection, lack: Lack) -> list[Line]:
    boards = {row.board: row.facts for row in query.rows(con, _Board, "models/ops/verdicts.boards")}
    measures = [field.name for field in fields(Snapshot) if field.name != "was_another"]
    usuals = [field.name for field in fields(History)]
    lines: list[Line] = []
    taken = query.rows(con, _ListBefore, "models/ops/verdicts.lists_before", since=lack.since)
    was_another = {row.board: row.was_another for row in taken}
    captures = query.table(con, "models/ops/verdicts.captures", since=lack.since)
    for row in captures.to_pylist():
        facts = boards.get(row["board"], Facts())
        snapshot = Snapshot(
            **{name: row[name] for name in measures},
            was_another=was_another.get(row["board"], False),
        )
        usual = History(**{name: row[f"usual_{name}"] for name in usuals})
        said = judge(snapshot, usual, facts)
        if snapshot.is_list:
            was_another[row["board"]] = any(b.claim == "another_board" for b in said.breaches)
        lines.append(
            {
                "board": row["board"],
                "captured_at": row["captured_at"],
                "verdict": str(said.verdict),
                "claims": [breach.claim for breach in said.breaches],
                "breaches": [
                    {
                        "claim": breach.claim,
                        "verdict": str(breach.verdict),
                        "figures": list(breach.figures.items()),
                    }
                    for breach in said.breaches
                ],
                "other_board": row["other_board"],
                "ranked_count": row["ranked_count"],
                "usual_snapshot_count": usual.snapshot_count,
                "rule_version": _version(lack.version, facts),
            }
        )
    return lines


def _version(rule: str, facts: Facts) -> str:
    """The catalogue's facts are a part of the rule."""
    return f"{rule}-{md5(repr(facts).encode(), usedforsecurity=False).hexdigest()[:8]}"


TABLE = Table(
    description=(
        "Whether each snapshot kept the contract of its board, judged once with what was known then."
    ),
    grain=("board", "captured_at"),
    reads=("core.snapshot_shapes", "raw.snapshots"),
    code_version="2",
    growth=Ledger(_judge),
)
