"""What the command line shows in a terminal: tables of words and failures, and where a digest was written."""

from collections.abc import Iterable, Mapping

from rich.table import Table
from rich.text import Text

from fengkou.digests import Written
from fengkou.reads import BurstingToken
from pipelines.digest.render.safe_text import cut, plain
from pipelines.language import Language
from pipelines.messages import messages_in

TOKEN_COLUMNS = ("token", "titles", "usual", "burst", "boards", "newest")


def token_table(tokens: Iterable[BurstingToken], language: Language) -> Table:
    """The keywords that burst; a new word is marked with a star."""
    words = messages_in(language)
    table = Table()
    for column in TOKEN_COLUMNS:
        is_number = column not in {"token", "newest"}
        table.add_column(words.say(f"tokens.{column}"), justify="right" if is_number else "left")
    for token in tokens:
        table.add_row(
            Text(plain(token.token) + ("*" if token.is_new_word else "")),
            str(token.title_count),
            f"{token.usual_titles:.1f}",
            f"{token.burst:.1f}",
            str(token.board_count),
            Text(cut(plain(token.title)), overflow="fold"),
        )
    if not table.row_count:
        table.add_row(words.say("tokens.nothing"))
    return table


def failure_table(failed: Mapping[str, tuple[str, str]], language: Language = Language.EN) -> Table:
    """The boards that did not answer: board -> (reason, detail)."""
    words = messages_in(language)
    headings = map(words.say, ("failures.board", "failures.reason", "failures.advice"))
    table = Table(*headings, title=words.say("failures.title"), title_justify="left")
    for board, (reason, detail) in sorted(failed.items()):
        table.add_row(board, Text(reason, style="red"), Text(detail))
    return table


def written_lines(written: Written) -> str:
    """Where the digest was written."""
    longest = max(map(len, written.files), default=0)
    return "\n".join(f"{ending:{longest}} {file}" for ending, file in sorted(written.files.items()))
