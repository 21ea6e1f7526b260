"""State is its owner's alone: pages, logs and what hosts said. Digests are as open as their folder."""

import os
import stat
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep_private() -> None:
    """From now on this process and its children make files of 0600 and folders of 0700, or narrower.

    What is there already keeps the mode that it has: somebody may have chosen it.
    """
    # Umasks can only be read by setting one.
    os.umask(os.umask(OTHERS) | OTHERS)


def open_to_others(folder: Path) -> str | None:
    """That others may enter a folder of state, and what to do about it; None where they may not."""
    try:
        mode = stat.S_IMODE(folder.stat().st_mode)
    except OSError:
        return None  # nothing is there, or it is not ours to look at
    if not mode & OTHERS:
        return None
    return (
        f"{folder} has mode {mode:04o}: other users of this machine may enter it, and it holds whatever "
        f"hosts answered. If you did not mean that: chmod -R go= {folder}"
    )
