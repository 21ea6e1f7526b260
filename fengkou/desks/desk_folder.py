"""Every desk of a home: the files of ``desks/``, and for a faulty one the text that ran before it.

Whoever delivers keeps what runs (``keep_running``): a slip of the hand in a file stops no desk, and any old
message can be explained by the text that it names.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from crawlers import catalog
from crawlers.boards.errors import CatalogError
from crawlers.durable_file import read_plain, replace_file
from fengkou.channels.from_desk import kind_of, kinds
from fengkou.desks.desk_file import read_desk, read_text
from fengkou.desks.faults import START, DeskFaultyError, Fault
from fengkou.desks.written_words import ANYTHING, Known
from fengkou.errors import FengkouError
from fengkou.home import Home
from fengkou.kept_choices import keep_choice, read_kept
from pipelines.desks.desk import Desk

log = logging.getLogger(__name__)

ENDING = ".yaml"
NEARLY = frozenset((".yml", ".YML", ".YAML"))
RUNNING = "running.json"
"""Desk -> version of the text that ran last."""


@dataclass(frozen=True, slots=True)
class RunningDesk:
    """A desk and the text that it was read from. ``is_older``: its file is faulty, and this ran before."""

    desk: Desk
    text: str
    is_older: bool = False


@dataclass(frozen=True, slots=True)
class Desks:
    """The desks of a home, by name, and what is wrong with their files."""

    found: tuple[RunningDesk, ...]
    faults: tuple[Fault, ...]

    @property
    def running(self) -> tuple[Desk, ...]:
        """The desks that run now."""
        return tuple(each.desk for each in self.found)

    @property
    def older(self) -> frozenset[str]:
        """Names of the desks that run by an older text."""
        return frozenset(each.desk.name for each in self.found if each.is_older)


def desks(home: Home) -> Desks:
    """The desks of a home now. Nothing is written, and nothing is raised for a file that is faulty."""
    known = known_now()
    found: list[RunningDesk] = []
    faults: list[Fault] = []
    for file in files(home):
        try:
            found.append(read_file(file, known))
        except DeskFaultyError as error:
            faults += error.faults
        except FileNotFoundError:
            if not file.is_symlink():
                continue  # removed meanwhile: the desk ends
            faults.append(
                Fault(file, START, "found a link to nothing. Write the file, or remove it.")
            )
        except OSError as error:
            faults.append(Fault(file, START, f"{error.strerror}. Make it a file that can be read."))
        else:
            continue
        if before := _before(home, file.stem):
            found.append(before)
    return Desks(tuple(found), tuple(faults))


class NoSuchDeskError(FengkouError):
    """No desk is called so, and no file is there."""


def desk_named(home: Home, asked: str) -> Desk:
    """The desk in a file, or the one of a home that is called so, as it runs.

    Raises NoSuchDeskError, and DeskFaultyError for a file that is faulty.
    """
    file = Path(asked)
    if file.suffix in {ENDING, *NEARLY} and file.is_file():
        return read_file(file, known_now()).desk
    found = desks(home)
    for desk in found.running:
        if desk.name == asked:
            return desk
    faults = tuple(fault for fault in found.faults if fault.file.stem == asked)
    if faults:
        raise DeskFaultyError(faults)
    names = ", ".join(desk.name for desk in found.running)
    raise NoSuchDeskError(
        f"No desk {asked!r}, and no file of that name. "
        + (f"Desks of {home.desks}: {names}." if names else f"Put one into {home.desks}.")
    )


def running_desk(home: Home, name: str) -> Desk:
    """The desk of a home that is called so, as it runs; no file beside it. Raises as ``desk_named``."""
    if name not in names_of_files(home):
        names = ", ".join(sorted(names_of_files(home))) or "none"
        raise NoSuchDeskError(f"No desk {name!r} in {home.desks}. There are: {names}.")
    return desk_named(home, name)


def files(home: Home) -> list[Path]:
    """The files of desks, by name; what begins with a point is an editor's own."""
    try:
        there = sorted(home.desks.iterdir())
    except FileNotFoundError:
        return []
    return [
        file for file in there if file.suffix in {ENDING, *NEARLY} and not file.name.startswith(".")
    ]


def names_of_files(home: Home) -> set[str]:
    """What the desks of a home are called, faulty ones too: a file is named like its desk."""
    return {file.stem for file in files(home) if file.suffix == ENDING}


def known_now() -> Known:
    """What a desk may name today."""
    try:
        boards = catalog.names()
    except CatalogError as error:
        log.warning("boards that desks name are not checked", extra={"found": error})
        return ANYTHING
    return Known(boards, _list_of, _titled, {kind: kind_of(kind).about for kind in kinds()})


def _titled(title: str) -> list[str]:
    return [
        board.list_board for board in catalog.facts() if title in {board.title_zh, board.title_en}
    ]


def _list_of(name: str) -> str:
    try:
        return catalog.board(name).stands_in_for or name
    except CatalogError:  # an operator's own, whose entry has faults that a crawl tells
        return name


def read_file(file: Path, known: Known) -> RunningDesk:
    """The desk in a file that is named like it. Raises DeskFaultyError, or OSError."""
    if file.suffix in NEARLY:
        raise DeskFaultyError(
            [Fault(file, START, f"found {file.name}. Rename it: {file.stem}{ENDING}.")]
        )
    text = read_text(file)
    return RunningDesk(read_desk(text, file, known, name=file.stem), text)


def keep_running(home: Home, found: Desks) -> None:
    """Keep the text of each desk that runs, for good, and which one it is; to be done before it sends."""
    running = {each.desk.name: each.desk.version for each in found.found}
    for each in found.found:
        file = _kept(home, each.desk.name, each.desk.version)
        if not file.exists():
            replace_file(file, each.text.encode())
    if running != read_kept(home.desk_texts / RUNNING):
        keep_choice(home.desk_texts / RUNNING, running)


def _before(home: Home, name: str) -> RunningDesk | None:
    """The desk as it ran last; None where it never did, or its text is gone."""
    version = read_kept(home.desk_texts / RUNNING).get(name)
    if not isinstance(version, str):
        return None
    file = _kept(home, name, version)
    try:
        # A board that has gone since is none to that desk, and no reason to stop it.
        text = read_plain(file).decode()
        desk = read_desk(text, file, ANYTHING, name=name)
        if desk.version != version:
            raise ValueError("it changed after it was kept")
        return RunningDesk(desk, text, is_older=True)
    except (OSError, ValueError, DeskFaultyError) as error:
        log.warning("an older text of a desk is of no use", extra={"file": file, "found": error})
        return None


def _kept(home: Home, name: str, version: str) -> Path:
    return home.desk_texts / f"{name}.{version}{ENDING}"
