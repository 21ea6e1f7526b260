"""The folder of what people said of topics: a file a hand, written once, numbered from 1."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from crawlers.durable_file import replace_file, sync_folder
from fengkou.home import Home
from pipelines.topics.hand_format import encode, file_name
from pipelines.topics.hands import Hand

LOCK = ".lock"


@contextmanager
def nobody_else_speaks(home: Home) -> Iterator[None]:
    """Hands are numbered and held against one another, one after the other; a killed process lets go."""
    home.hands.mkdir(parents=True, exist_ok=True)
    sync_folder(home.root)
    with (home.hands / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep(home: Home, hand: Hand) -> None:
    """Write a hand, whole and on the disk when this returns. To be called while nobody else speaks."""
    replace_file(home.hands / file_name(hand.number), encode(hand))
