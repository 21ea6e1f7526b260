"""What the command line shows in a terminal: tables of rising topics, of words, of failures."""

from collections.abc import Iterable, Mapping

from rich.table import Table
from rich.text import Text

from fengkou.digests import Written
from fengkou.reads import BurstingToken
from pipelines.clock import SHANGHAI
from pipelines.digest.contents import Digest, TopicCard
from pipelines.digest.render.phrases import percent
from pipelines.digest.render.safe_text import cut, plain
from pipelines.digest.render.story_layout import list_names, why
from pipelines.language import Language
from pipelines.messages import messages_in

TOPICS_SHOWN = 12
"""What fits a terminal above the lines that follow."""

COLUMNS = ("topic", "rank", "chance", "stage", "why")
TOKEN_COLUMNS = ("token", "titles", "usual", "burst", "boards", "newest")


def _rank(card: TopicCard) -> str:
    if not card.placements:
        return ""
    lead = card.placements[0]
    if lead.rank_before is None:
        return f"{lead.rank} ↑"
    return f"{lead.rank_before} → {lead.rank}"


def rising_table(digest: Digest, language: Language) -> Table:
    """The digest's first topics as a table."""
    at = digest.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    words, names = messages_in(language), list_names(digest, language)
    table = Table(title=words.say("rising.title", at=at), title_justify="left")
    table.add_column("#", justify="right")
    for column in COLUMNS:
        is_number = column in {"rank", "chance"}
        table.add_column(words.say(f"rising.{column}"), justify="right" if is_number else "left")
    for place, card in enumerate(digest.topics[:TOPICS_SHOWN], 1):
        table.add_row(
            str(place),
            # Text, not markup: a title may hold what Rich would read as its own.
            Text(cut(plain(card.title)), overflow="fold"),
            _rank(card),
            percent(card.outlook.chance) if card.outlook and card.outlook.chances else "",
            words.say(f"section.{card.section}"),
            Text(why(card, names, words), overflow="fold"),
        )
    if not digest.topics:
        table.add_row("", words.say("rising.nothing"))
    return table


def token_table(tokens: Iterable[BurstingToken], language: Language) -> Table:
    """The keywords that burst; what was found in the titles themselves is marked with a star."""
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
    return "\n".join(f"{ending:5} {file}" for ending, file in sorted(written.files.items()))
