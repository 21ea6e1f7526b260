"""How each list stands now and who serves it, and how far the warehouse is built."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, out, print_json
from fengkou.errors import NothingCollectedError
from fengkou.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.boards.standing import ListStanding


def status(as_json: AsJson = False) -> None:
    from fengkou import reads

    home, now = Home.from_environment(), datetime.now(UTC)
    try:
        copy = reads.published_copy(home)
    except NothingCollectedError as nothing:
        # Nothing is wrong with an empty home: what it asks for is its status.
        if as_json:
            print_json({"home": str(home.root), "boards": [], "warehouse": None})
        else:
            out.print(str(nothing), soft_wrap=True)
        return
    standings = reads.standings(home, now)
    summary = asdict(reads.summary(home))
    if as_json:
        boards = [_row(standing) for standing in standings]
        told = {"home": str(home.root), "boards": boards, **_desks(home), "warehouse": summary}
        print_json(with_age(copy, told, now))
        return
    out.print(f"home {home.root}, {head(copy, now)}", soft_wrap=True)
    _show(standings, summary["newest_capture_at"])
    for name, value in summary.items():
        out.print(f"{name:24} {value}")
    for line in _troubles(home):
        out.print(line, soft_wrap=True)
    if home.desks.is_dir():
        from fengkou.cli.desk_list import summary_line
        from fengkou.desks.desk_folder import desks

        out.print(summary_line(desks(home)), soft_wrap=True)


def _desks(home: Home) -> dict[str, Any]:
    if not home.desks.is_dir():
        return {}
    from fengkou.cli.desk_list import desk_rows, fault_rows
    from fengkou.desks.desk_folder import desks

    found = desks(home)
    return {"desks": {"running": desk_rows(found), "faults": fault_rows(found.faults)}}


def _troubles(home: Home) -> "Iterator[str]":
    """What did not arrive at the channels of desks, and why."""
    if not home.desk_ledger.exists():
        return
    from fengkou.desks.store.database import Database
    from fengkou.desks.store.queue import Queue

    for each in Queue(Database(home.desk_ledger, is_read_only=True)).troubled():
        from fengkou.cli.desk_tables import trouble
        from fengkou.cli.terminal import printable

        yield printable(trouble(each))


def _row(standing: "ListStanding") -> dict[str, Any]:
    from pipelines.digest.render.board_sentences import list_sentence
    from pipelines.language import Language

    return {
        "board": standing.board,
        "verdict": standing.verdict,
        "served_by": standing.server.board,
        "last_ok_at": standing.last_ok_at,
        "claims": [breach.claim for breach in standing.server.breaches],
        "sentence_zh": list_sentence(standing, Language.ZH),
        "sentence_en": list_sentence(standing, Language.EN),
    }


def _show(standings: "Sequence[ListStanding]", newest: datetime | None) -> None:
    from pipelines.boards.standing import Verdict

    if not standings:
        kept = f" The newest capture is of {newest:%Y-%m-%d %H:%M} UTC." if newest else ""
        out.print(
            f"No list was captured in the last 30 days.{kept} For lists of now: fengkou collect, then "
            "fengkou build",
            soft_wrap=True,
        )
        return
    from fengkou.cli.standings import standing_table

    out.print(standing_table(standings))
    troubled = sum(standing.verdict is not Verdict.OK for standing in standings)
    out.print(f"{len(standings) - troubled} lists fine, {troubled} not")
