"""What people say of words that were found in titles: that one is none, or is one."""

from collections.abc import Sequence
from datetime import datetime

from fengkou.hand_ledger import HandRefusedError, Ledger, Said, say_each, unsaid
from fengkou.home import Home
from pipelines.text.titles import clean_title, comparable
from pipelines.text.tokens import Cutter
from pipelines.topics.hand_conflicts import broken_by_word
from pipelines.topics.hands import Hand, HandKind
from warehouse import query
from warehouse.connection import Connection
from warehouse.readers.new_words import is_found


def strike(
    home: Home, words: Sequence[str], by: str | None, now: datetime | None = None
) -> list[Said]:
    """Those are no words: no title is cut by them from now on. Raises HandRefusedError for all of them."""
    return _say(home, HandKind.STRIKE, words, by, now)


def keep(
    home: Home, words: Sequence[str], by: str | None, now: datetime | None = None
) -> list[Said]:
    """Those are words: nobody strikes them until that is undone. Raises HandRefusedError for all of them."""
    return _say(home, HandKind.KEEP, words, by, now)


def _say(
    home: Home, kind: HandKind, words: Sequence[str], by: str | None, now: datetime | None
) -> list[Said]:
    def hands(con: Connection, said: Ledger) -> list[Hand]:
        tokens = dict.fromkeys(_found(con, word) for word in words)
        for token in tokens:
            if other := broken_by_word(said.hands, kind, token):
                at = f"{other.said_by}, {other.said_at:%Y-%m-%d %H:%M} UTC"
                raise HandRefusedError(
                    f"Hand {other.number} ({at}) said the other of {token}: {other.kind}. If that does not "
                    f"hold any more: fengkou words undo {other.number}, then say this."
                )
        return [unsaid(kind, name=token) for token in tokens]

    return say_each(home, hands, by, now)


def _found(con: Connection, word: str) -> str:
    """The word as it was found, folded. Raises HandRefusedError where it was not."""
    token = comparable(clean_title(word))
    if is_found(con, token):
        return token
    listed = {comparable(clean_title(each)) for each in query.column(con, "queries/listed_words")}
    if token in listed:
        reason = "it is listed in words.txt. Take its line out there, then run fengkou build"
    elif len(Cutter().pieces(token)) == 1:
        reason = "the dictionary has it. A word that cuts titles better can be listed in words.txt"
    else:
        reason = (
            "it was found in no titles. fengkou words new --unlisted lists what was found; what titles are "
            "to be cut by can be listed in words.txt"
        )
    raise HandRefusedError(f"{word!r} is no word that was found: {reason}.")
