"""What a request asks: in which language, what of, which page of it; and addresses of other pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException

from fengkou.home import Home
from pipelines.language import Language
from pipelines.messages import Messages, messages_in
from pipelines.topics.short_id import short_id
from warehouse.connection import Connection
from warehouse.instants import to_aware

LONGEST_QUERY = 100
"""Characters that are searched for: the longest headlines have some sixty."""

MOST_PAGES = 200
"""Pages of one answer: who has read so many asks more closely."""

ELSEWHERE = 302
MISSING = 404
BAD = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, and what it is answered from.

    ``path`` is its address without the ``ending`` that says the form, ``names`` the parts of it that have a
    name, ``said`` what stands behind its question mark; ``newest`` (naive UTC) is the newest capture that is
    built, ``now`` (aware) the clock's instant.
    """

    home: Home
    con: Connection
    path: str
    ending: str
    names: Mapping[str, str]
    said: Mapping[str, str]
    language: Language
    newest: datetime
    now: datetime
    published_at: datetime

    @property
    def words(self) -> Messages:
        return messages_in(self.language)

    @property
    def at(self) -> datetime:
        """The newest capture, aware: what pages tell is told as of then."""
        return to_aware(self.newest)

    @property
    def page(self) -> int:
        """Which page of a long answer, from 1. Raises HTTPException for what is none."""
        said = self.said.get("page", "1")
        if not (said.isascii() and said.isdecimal() and 1 <= int(said[:9]) <= MOST_PAGES):
            raise HTTPException(BAD, f"page: expected a number from 1 to {MOST_PAGES}.")
        return int(said)

    @property
    def query(self) -> str:
        """What is searched for; empty where nothing is. Raises HTTPException for more than is searched."""
        said = self.said.get("q", "").strip()
        if len(said) > LONGEST_QUERY:
            raise HTTPException(BAD, f"q: expected at most {LONGEST_QUERY} characters.")
        return said

    def link(self, path: str, **said: str | int) -> str:
        """The address of a page in the language of this one."""
        return address(path, self.language, **said)

    def story(self, topic_id: int) -> str:
        """The address of a story's page."""
        return self.link(f"/stories/{short_id(topic_id)}")

    def here(self, ending: str = "", language: Language | None = None) -> str:
        """The address of this page in another form or language."""
        said = {name: self.said[name] for name in ("q", "page") if self.said.get(name)}
        path = self.path if self.path != "/" or not ending else "/now"
        return address(path + ending, language or self.language, **said)


def address(path: str, language: Language, **said: str | int) -> str:
    """A path of the board with its query; Chinese, which is read where nothing is said, is not said."""
    if language is not Language.ZH:
        said["language"] = language
    return quote(path) + (f"?{urlencode(said)}" if said else "")


def language_of(said: str | None) -> Language:
    """The language that an address names. Raises HTTPException for one that there is not."""
    try:
        return Language(said or Language.ZH)
    except ValueError:
        expected = ", ".join(Language)
        raise HTTPException(BAD, f"language: expected one of {expected}.") from None
