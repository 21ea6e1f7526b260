"""The crawls that a process runs, found in /proc."""

from contextlib import suppress
from pathlib import Path


def crawls_of(pid: int) -> list[int]:
    """The crawls that a process started: a worker has other children too, and threads that end meanwhile."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in (task / "children").read_text().split():
                if b"crawl_process" in Path(f"/proc/{child}/cmdline").read_bytes():
                    found.append(int(child))
    return found
