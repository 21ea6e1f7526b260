"""Small files of state that are whole at any moment, also after a power cut."""

import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipelines.landing_format import expect_file

READ_AND_WRITE = (
    0o666  # what a file can take of the mode of a folder, whose x means that it is entered
)


def replace_file(path: Path, content: bytes, *, open_as_folder: bool = False) -> None:
    """Put a file in the stead of the one that is there; its folder is made if need be.

    Whoever reads meanwhile has the old content or the new, and what was written is on the disk. It keeps
    the mode of the old one; ``open_as_folder``: whoever may read the folder may read a new one too.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = _mode_of(path)
    if mode is None and open_as_folder:
        mode = (_mode_of(path.parent) or 0) & READ_AND_WRITE
    # The process's own name: two that write at once must not write into one file.
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    sync_folder(path.parent)


def read_plain(path: Path) -> bytes:
    """What a plain file holds. Raises OSError, or ValueError for what would never end or fill memory."""
    expect_file(path.stat())
    return path.read_bytes()


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in a plain file. Raises OSError, or ValueError for anything else."""
    try:
        found = json.loads(read_plain(path))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(found, dict):
        raise ValueError(f"found {type(found).__name__}, expected an object")
    return found


def _mode_of(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:  # not there, or a link to nowhere
        return None


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
