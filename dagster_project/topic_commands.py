"""The commands about topics: which there are in an archive, what one is about, why two items are one."""

import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from dagster_project.home import Home
from dagster_project.terminal import AsJson, out, print_json, progress_bar
from pipelines.digest import Language

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
    from dagster_project import line  # noqa: PLC0415 - each command imports what it needs
    from dagster_project.steps import upstream  # noqa: PLC0415

    began = time.perf_counter(), time.process_time()
    with (
        tempfile.TemporaryDirectory(prefix="fengkou-topics-") as folder,
        progress_bar("grouping", len(upstream(line.TOPICS_TABLE)) + 1) as (progress, task),
    ):

        def on_step(table: str) -> None:
            progress.update(task, advance=1, description=f"building {table}")

        grouped = line.group_archives(Home(Path(folder)), archives, to, on_step)
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
    from dagster_project import line, why  # noqa: PLC0415
    from dagster_project.topic_show import card_lines  # noqa: PLC0415
    from warehouse import read  # noqa: PLC0415

    with line.opened(Home.from_environment()) as con:
        topic_id = why.find(con, asked)[0].topic_id
        (card,) = read.rows(con, "topic_card", topic_id=topic_id)
        parts = ("spread", "told", "timeline", "merged")
        shown = {part: read.rows(con, f"topic_{part}", topic_id=topic_id) for part in parts}
    if as_json:
        print_json({**card, **shown})
        return
    for part in card_lines(card, shown, language):
        out.print(part, highlight=False, soft_wrap=True)


def why(
    one: Annotated[str, typer.Argument(help="An item's id, or a part of a title.")],
    other: Annotated[str, typer.Argument(help="Another item's.")],
    language: Lang = Language.ZH,
    as_json: AsJson = False,
) -> None:
    """Why two items are one topic or two: how each came there, what they share, what speaks against."""
    from dagster_project import line, why  # noqa: PLC0415
    from dagster_project.topic_show import why_lines  # noqa: PLC0415

    with line.opened(Home.from_environment()) as con:
        first = why.find(con, one)[0]
        others = [found for found in why.find(con, other) if found.item_id != first.item_id]
        if not others:
            raise why.NotFoundError(
                f"{one!r} and {other!r} are the same item. Give an id of another, or more of its title."
            )
        told = why.explain(con, first, others[0])
    if as_json:
        print_json(why.as_json(told))
        return
    for part in why_lines(told, language):
        out.print(part, highlight=False, soft_wrap=True)
