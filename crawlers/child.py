"""The child process of a collection as its parent holds it: begun, listened to, and ended in time.

Neither outlives the other: the parent kills a child that takes too long, and a child whose parent is gone
ends itself, lest it land beside whoever asks next. ``crawlers/crawl_process.py`` is the child's own work.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from crawlers.settings import CLOSESPIDER_TIMEOUT

PROJECT = Path(__file__).resolve().parent.parent
LAST_WORDS = 400  # characters of a dead child's last words

SET_UP_SECONDS = 60.0  # a child is at work in 1 s; a machine that does other things takes its time
PAGE_SECONDS = 2.0  # more than a page takes to be read and landed on one core
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
ENDED_WITH_PARENT = 70  # the exit code; nobody is left to read it but a log of the system


def limit_seconds(rounds: int, pages: int) -> float:
    """How long a child may take: its time limits can only be kept by code that still runs.

    ``rounds`` is how many boards are asked one after the other at most, each ended by Scrapy after
    CLOSESPIDER_TIMEOUT; ``pages`` is how many are read in all.
    """
    return SET_UP_SECONDS + rounds * CLOSESPIDER_TIMEOUT + pages * PAGE_SECONDS


def run_child(
    arguments: Sequence[str], errors: IO[bytes], limit: float, on_line: Callable[[str], None]
) -> str:
    """Run the child to its end, handing on each line that it prints; how it ended, as a sentence.

    ``limit`` is in seconds. Whatever ``on_line`` raises ends the child.
    """
    search = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    is_late = threading.Event()
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-m", "crawlers.crawl_process", "--parent", str(os.getpid()), *arguments],
        stdin=subprocess.PIPE,  # never written to: it ends when this process does
        stdout=subprocess.PIPE,
        stderr=errors,
        env={**os.environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
    ) as child:

        def end() -> None:
            is_late.set()
            child.kill()

        timer = threading.Timer(limit, end)
        timer.daemon = True
        timer.start()
        try:
            for line in child.stdout or ():
                if line.endswith("\n"):  # a killed child may leave half a line
                    on_line(line)
        except BaseException:
            child.kill()
            raise
        finally:
            timer.cancel()
    late = f"it was ended after {limit:.0f} s, " if is_late.is_set() else ""
    return f"{late}exit code {child.returncode}. {_last_words(errors)}"


def end_with_parent(parent: int) -> None:
    """Let this process end when the one of this id does, which holds the other end of its stdin."""
    if sys.platform == "linux":
        # The kernel ends also a process that is busy in C and lets no thread look.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it was gone before it was watched
            os._exit(ENDED_WITH_PARENT)
    threading.Thread(target=_wait_for_the_end, name="parent watch", daemon=True).start()


def _wait_for_the_end() -> None:
    # Not through sys.stdin: a thread that holds its lock would spoil the end of the interpreter.
    while os.read(0, 1):
        pass
    os._exit(ENDED_WITH_PARENT)


def _last_words(errors: IO[bytes]) -> str:
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - LAST_WORDS))
    words = " ".join(errors.read().decode("utf-8", errors="replace").split())
    return f"Its last words: {words}" if words else "It said nothing."
