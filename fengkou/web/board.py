"""The pages of a home, made when they are asked for and kept as long as the copy that they tell of."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fengkou import reads
from fengkou.home import Home
from fengkou.web.answers import Answer
from fengkou.web.asked import Asked
from fengkou.web.copies import Copies, Copy
from fengkou.web.kept_pages import KeptPages
from fengkou.web.pages.desks import desk, desks
from fengkou.web.pages.now import now
from fengkou.web.pages.search import search
from fengkou.web.pages.sources import sources
from fengkou.web.pages.stories import story
from fengkou.web.pages.words import words
from pipelines.language import Language

log = logging.getLogger(__name__)

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: how it answers, and whether it tells the same as long as the copy is the same."""

    answer: Callable[[Asked], Answer]
    is_of_copy: bool = True


PAGES: Mapping[str, Page] = {
    "/": Page(now),
    "/stories/{story}": Page(story),
    "/words": Page(words),
    "/search": Page(search),
    "/sources": Page(sources, is_of_copy=False),
    "/desks": Page(desks, is_of_copy=False),
    "/desks/{desk}": Page(desk, is_of_copy=False),
}
"""Address -> page; each also with the endings .json and .csv, the first page as /now."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request wants: a page by its key in PAGES, of which path, in which form and language."""

    page: str
    path: str
    ending: str
    language: Language
    names: tuple[tuple[str, str], ...] = ()
    said: tuple[tuple[str, str], ...] = ()


class Board:
    """The pages of one home."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.copies = Copies(home)
        self._kept = KeptPages()
        self._fronts: dict[Wanted, Copy] = {}

    def written(self, wanted: Wanted) -> bytes:
        """What is answered.

        Raises FengkouError where nothing can be read, HTTPException for what is not there, not understood or
        at another address.
        """
        copy = self.copies.newest()
        if found := self._kept.get((copy, _hour(), wanted)):
            return found
        # While the first page is made of a new copy, who asks reads that of the copy before.
        if wanted in self._fronts and (found := self._kept.get((self._fronts[wanted], wanted))):
            return found
        return self._made(wanted)

    def refresh(self) -> None:
        """Make the first page of a new copy in each language that was asked for, before it is asked for."""
        copy = self.copies.newest()
        for wanted, made_of in list(self._fronts.items()):
            if self._kept.get((copy, _hour(), wanted)) is None or made_of != copy:
                try:
                    self._made(wanted)
                except Exception:
                    # Whoever asks next is told what is wrong.
                    self._fronts.pop(wanted, None)
                    raise

    def close(self) -> None:
        """Let go of the copy."""
        self.copies.close()

    def _made(self, wanted: Wanted) -> bytes:
        page = PAGES[wanted.page]
        with self.copies.reading() as (copy, con):
            hour = _hour()
            # Somebody else may have made it while this one waited for the copy.
            if found := self._kept.get((copy, hour, wanted)):
                return found
            asked = Asked(
                home=self.home,
                con=con,
                path=wanted.path,
                ending=wanted.ending,
                names=dict(wanted.names),
                said=dict(wanted.said),
                language=wanted.language,
                newest=reads.newest(con, self.home),
                now=datetime.now(UTC),
                published_at=copy.published_at,
            )
            made = page.answer(asked).written(wanted.ending)
        if page.is_of_copy:
            self._kept.keep((copy, hour, wanted), made)
        if wanted.page == "/" and not wanted.ending:
            self._kept.keep((copy, wanted), made)
            self._fronts[wanted] = copy
        return made


def _hour() -> int:
    """The hour of the clock: pages say how old what they tell is, in whole hours."""
    return int(datetime.now(UTC).timestamp() // HOUR.total_seconds())
