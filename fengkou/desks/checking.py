"""A look at the files of desks before they run: their faults, and what their channels still lack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from fengkou.channels.channel import ChannelError
from fengkou.channels.from_desk import channel_for
from fengkou.desks.desk_folder import ENDING, NoSuchDeskError, files, known_now, read_file
from fengkou.desks.faults import START, DeskFaultyError, Fault
from fengkou.home import Home
from pipelines.desks.desk import Desk


@dataclass(frozen=True, slots=True)
class Checked:
    """A file: the desk that it describes, or its faults. ``lacking``: what is missing in the environment."""

    file: Path
    desk: Desk | None
    faults: tuple[Fault, ...]
    lacking: tuple[str, ...]


def check(home: Home, asked: str | None, environment: Mapping[str, str]) -> list[Checked]:
    """Look at a file, at the desk of a home that is called so, or at all of a home.

    Raises NoSuchDeskError where there is nothing to look at.
    """
    known = known_now()
    found = []
    for file in _files(home, asked):
        try:
            desk = read_file(file, known).desk
        except DeskFaultyError as error:
            found.append(Checked(file, None, error.faults, ()))
        except OSError as error:
            fault = Fault(file, START, f"{error.strerror}. Give this user access to it.")
            found.append(Checked(file, None, (fault,), ()))
        else:
            found.append(Checked(file, desk, (), tuple(_lacking(desk, environment))))
    return found


def _files(home: Home, asked: str | None) -> list[Path]:
    there = files(home)
    if asked is None:
        if not there:
            raise NoSuchDeskError(
                f"There is no desk in {home.desks}. Begin with one that is ready: fengkou desks examples."
            )
        return there
    named = [file for file in there if asked in {file.name, file.stem}]
    file = Path(asked)
    if not named and (file.suffix or file.parent != Path()):
        file.stat()  # one that is not there is told as such
        return [file]
    if not named:
        near = get_close_matches(asked, [file.stem for file in there], 1)
        hint = f"Did you mean {near[0]}?" if near else "fengkou desks lists them."
        raise NoSuchDeskError(f"There is no {home.desks / asked}{ENDING}. {hint}")
    return named


def _lacking(desk: Desk, environment: Mapping[str, str]) -> Iterator[str]:
    if not desk.channels:
        yield "It has no channel: it tells nobody. Write one into channels."
    for settings in desk.channels:
        try:
            channel_for(settings, environment)
        except ChannelError as error:
            yield str(error)
