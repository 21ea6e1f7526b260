"""The commands about topics: which there are in an archive, what one is about, why two items are one."""

import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from fengkou.cli.terminal import AsJson, out, print_json, progress_bar
from fengkou.home import Home
from pipelines.language import Language

Lang = Annotated[Language, typer.Option("--language", help="What it is told in.")]


def topics(
    archives: Annotated[
        list[Path], typer.Option("--archive", help="Parquet, CSV or JSON lines files.")
    ],
    to: Annotated[Path, typer.Option("--out", help="The Parquet file to write.")],
    as_json: AsJson = False,
) -> None:
    """Group the titles of archives into topics in time order, as live: source, title, topic_id.

    Sources and titles are written as they are printed, each pair once, and mergers are followed.
    """
    from fengkou import operations  # noqa: PLC0415 - each command imports what it needs
    from warehouse.graph import upstream  # noqa: PLC0415

    began = time.perf_counter(), time.process_time()
    with (
        tempfile.TemporaryDirectory(prefix="fengkou-topics-") as folder,
        progress_bar("grouping", len(upstream(operations.TOPICS_TABLE)) + 1) as (progress, task),
    ):

        def on_step(table: str) -> None:
            progress.update(task, advance=1, description=f"building {table}")

        grouped = operations.group_archives(Home(Path(folder)), archives, to, on_step)
    seconds = time.perf_counter() - began[0], time.process_time() - began[1]
    if as_json:
        print_json(
            {
                "file": str(to),
                "title_count": grouped.title_count,
                "topic_count": grouped.topic_count,
                "wall_seconds": round(seconds[0], 2),
                "processor_seconds": round(seconds[1], 2),
            }
        )
        return
    out.print(
        f"{to}: {grouped.title_count} titles, {grouped.topic_count} topics; "
        f"{seconds[0]:.1f} s, {seconds[1]:.1f} s of processor",
        highlight=False,
        soft_wrap=True,
    )


def topic(
    asked: Annotated[
        str,
        typer.Argument(metavar="TOPIC", help="A topic's or an item's id, or a part of a title."),
    ],
    language: Lang = Language.ZH,
    as_json: AsJson = False,
) -> None:
    """A topic's card: label, keywords, names, category, boards, titles, timeline, what was merged into it."""
    from fengkou import reads  # noqa: PLC0415
    from fengkou.cli.topic_tables import card_lines  # noqa: PLC0415
    from warehouse.readers import topic_evidence  # noqa: PLC0415
    from warehouse.readers.topic import topic_history  # noqa: PLC0415

    with reads.reading(Home.from_environment()) as con:
        history = topic_history(con, topic_evidence.find(con, asked)[0].topic_id)
    if as_json:
        told = asdict(history)
        print_json({**told.pop("card"), **told})
        return
    for part in card_lines(history, language):
        out.print(part, highlight=False, soft_wrap=True)


def why(
    one: Annotated[str, typer.Argument(help="An item's id, or a part of a title.")],
    other: Annotated[str, typer.Argument(help="Another item's.")],
    language: Lang = Language.ZH,
    as_json: AsJson = False,
) -> None:
    """Why two items are one topic or two: how each came there, what they share, what speaks against."""
    from fengkou import reads  # noqa: PLC0415
    from fengkou.cli.topic_tables import why_lines  # noqa: PLC0415
    from warehouse.readers import topic_evidence  # noqa: PLC0415

    with reads.reading(Home.from_environment()) as con:
        first = topic_evidence.find(con, one)[0]
        others = [
            found for found in topic_evidence.find(con, other) if found.item_id != first.item_id
        ]
        if not others:
            raise topic_evidence.NotFoundError(
                f"{one!r} and {other!r} are the same item. Give an id of another, or more of its title."
            )
        told = topic_evidence.explain(con, first, others[0])
    if as_json:
        print_json(topic_evidence.as_json(told))
        return
    for part in why_lines(told, language):
        out.print(part, highlight=False, soft_wrap=True)
