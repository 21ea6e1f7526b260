"""The pages of ``docs/reference`` and the figures in README: ``python -m fengkou.reference`` makes them."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from crawlers import catalog, schemas
from crawlers.boards.shape_evidence import Evidence, sentence
from crawlers.places import places
from fengkou import readme_figures
from fengkou.channels_reference import render_channels
from fengkou.cli.command_reference import render_commands
from fengkou.desks import desk_entry
from fengkou.desks.key_reference import render_desk_keys
from fengkou.settings_reference import render_settings
from pipelines.desks.render import document
from pipelines.digest.render import json_document
from warehouse.dictionary import render_tables
from warehouse.graph import steps

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
COMMAND = "python -m fengkou.reference"
MADE = f"<!-- Made by `{COMMAND}`; changes made here are lost. -->\n\n"


def pages() -> dict[str, str]:
    """File name -> content of every page, from the code as it stands."""
    made = {
        "tables.md": render_tables({step.table: step.reads for step in steps()}),
        "cli.md": render_commands(),
        "desks.md": render_desk_keys(),
        "boards.md": render_boards(),
        "settings.md": render_settings(),
        "channels.md": render_channels(),
    }
    # A schema is JSON, which knows no remarks.
    written = {
        "desk.schema.json": schemas.schema_text(desk_entry.schema()),
        "digest.schema.json": schemas.schema_text(json_document.schema()),
        "message.schema.json": schemas.schema_text(document.schema()),
    }
    return {name: MADE + text for name, text in made.items()} | schemas.schemas() | written


def stale(folder: Path = REFERENCE) -> list[str]:
    """A sentence for each page that does not say what the code says."""
    found = []
    for name, text in pages().items():
        file = folder / name
        if not file.is_file():
            found.append(f"docs/reference/{name} is missing. Run: {COMMAND}")
        elif file.read_text(encoding="utf-8") != text:
            found.append(f"docs/reference/{name} is stale. Run: {COMMAND}")
    return found


def write(folder: Path = REFERENCE) -> list[Path]:
    """Write every page; the files are returned."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written


def render_boards() -> str:
    """Every board of the catalogue: what it is, how it is read, how often, what its heat counts."""
    # An operator's own boards are not this repository's.
    facts = [board for board in catalog.facts() if not board.is_custom]
    unproved = sum(board.known_from == Evidence.CODE for board in facts)
    lines = [
        "# Boards",
        "",
        f"{len(facts)} boards, each one file in `crawlers/spiders`. How to add one: "
        "[add-a-board.md](../add-a-board.md); without code: "
        "[custom-boards.md](../custom-boards.md).",
        "",
        "The last column says what the shape of the page is known from, and the day of that. "
        f"{unproved} boards are known from other people's code only: nobody could hold them against "
        "a response, so their first fetch is their proof.",
        "",
        "| board | what it is | page | every | ranked lines | heat counts | address | known from |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for board in facts:
        least, most = board.expected_count
        lines.append(
            f"| `{board.name}` | [{board.title_zh}]({board.homepage}), {board.title_en} | {board.kind} "
            f"| {board.cadence_minutes} min | {least} to {most} | {board.heat_unit or 'none printed'} "
            f"| <{board.url}> | {sentence(board.known_from)} |"
        )
    lines += ["", *_stand_ins(facts)]
    named = [board for board in facts if board.archive_names]
    if named:
        lines += [
            "",
            "## Names in archives",
            "",
            "`fengkou import` knows these names of sources, and takes them as the board.",
            "",
            "| name in an archive | board |",
            "| --- | --- |",
        ]
        lines += [
            f"| `{name}` | `{board.name}` |" for board in named for name in board.archive_names
        ]
    lines += ["", *_places()]
    return "\n".join(lines) + "\n"


def _stand_ins(facts: Sequence[catalog.BoardFacts]) -> Iterator[str]:
    yield "## Stand-ins"
    yield ""
    yield (
        "Lists that several boards show, in the order in which they are asked: each where those before "
        "it fail. `fengkou status` says which one serves."
    )
    yield ""
    yield "| list | its board | then |"
    yield "| --- | --- | --- |"
    for first in (board for board in facts if not board.stands_in_for):
        behind = sorted((board for board in facts if board.stands_in_for == first.name), key=_place)
        if behind:
            names = ", ".join(f"`{board.name}`" for board in behind)
            yield f"| {first.title_zh}, {first.title_en} | `{first.name}` | {names} |"


def _place(board: catalog.BoardFacts) -> int:
    return board.place


def _places() -> Iterator[str]:
    yield "## Places"
    yield ""
    yield (
        "Every place that operators name, from `crawlers/places.toml`. *live*: a public list is "
        "read without a login. *key*: what there is wants the operator's own key or cookie. "
        "*dead*: no public list is left that can be relied on; the evidence says how sure that "
        "is. *private*: never public. The date is the evidence's; "
        "nothing here was asked of the hosts themselves."
    )
    yield ""
    yield "| place | state | evidence | date | its boards | audience now on | key or cookie |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for place in places():
        boards, successors = (
            ", ".join(f"`{name}`" for name in names) for names in (place.boards, place.successors)
        )
        yield (
            f"| {place.name_zh}, {place.name_en} | {place.state} | {place.evidence} | {place.date} "
            f"| {boards or 'none'} | {successors or 'itself'} | {place.needs or 'none'} |"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or with ``--check`` say which are stale; the exit status is returned."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Make docs/reference from the code.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a page is stale"
    )
    if parser.parse_args(arguments).check:
        found = [*stale(), *readme_figures.stale()]
        sys.stderr.writelines(f"{line}\n" for line in found)
        return 1 if found else 0
    written = [*write(), *readme_figures.write()]
    sys.stdout.writelines(f"{file.relative_to(readme_figures.ROOT)}\n" for file in written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
