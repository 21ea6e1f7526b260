"""What the command line shows in a terminal: tables of rising topics, of words, of failures."""

from collections.abc import Iterable, Mapping

from rich.table import Table
from rich.text import Text

from fengkou.digests import Written
from fengkou.reads import BurstingToken
from pipelines.clock import SHANGHAI
from pipelines.digest.contents import Digest, TopicCard
from pipelines.digest.render.phrases import explain, percent
from pipelines.digest.render.safe_text import cut, plain
from pipelines.digest.render.wording import WORDING
from pipelines.language import Language

TOPICS_SHOWN = 12
"""What fits a terminal above the lines that follow."""

HEADINGS = {
    Language.ZH: ("#", "话题", "名次", "进前十", "阶段", "为什么"),
    Language.EN: ("#", "topic", "rank", "top ten", "stage", "why"),
}
NOTHING = {Language.ZH: "此刻没有上升的话题", Language.EN: "nothing rises at this moment"}
TITLES = {Language.ZH: "正在上升 {at}（北京时间）", Language.EN: "rising, {at} Beijing time"}


def _rank(card: TopicCard) -> str:
    lead = card.placements[0]
    if lead.rank_before is None:
        return f"{lead.rank} ↑"
    return f"{lead.rank_before} → {lead.rank}"


def rising_table(digest: Digest, language: Language) -> Table:
    """The digest's first topics as a table."""
    at = digest.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    table = Table(title=TITLES[language].format(at=at), title_justify="left")
    numbers = {0, 2, 3}
    for place, heading in enumerate(HEADINGS[language]):
        table.add_column(heading, justify="right" if place in numbers else "left")
    for place, card in enumerate(digest.topics[:TOPICS_SHOWN], 1):
        table.add_row(
            str(place),
            # Text, not markup: a title may hold what Rich would read as its own.
            Text(cut(plain(card.title)), overflow="fold"),
            _rank(card),
            percent(card.outlook.chance) if card.outlook.chances else "",
            WORDING[language].stages[card.outlook.stage],
            Text(explain(card.reason, language)),
        )
    if not digest.topics:
        table.add_row("", NOTHING[language])
    return table


TOKEN_HEADINGS = {
    Language.ZH: ("词", "24 小时新标题", "平常", "突增", "榜单", "最新的标题"),
    Language.EN: ("token", "new titles, 24 h", "usual", "burst", "boards", "newest title"),
}
NO_TOKENS = {Language.ZH: "此刻没有突增的词", Language.EN: "no token bursts at this moment"}


def token_table(tokens: Iterable[BurstingToken], language: Language) -> Table:
    """The keywords that burst; what was found in the titles themselves is marked with a star."""
    table = Table()
    numbers = {1, 2, 3, 4}
    for place, heading in enumerate(TOKEN_HEADINGS[language]):
        table.add_column(heading, justify="right" if place in numbers else "left")
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
        table.add_row(NO_TOKENS[language])
    return table


def failure_table(failed: Mapping[str, tuple[str, str]]) -> Table:
    """The boards that did not answer: board -> (reason, detail)."""
    table = Table("board", "reason", "what to do", title="failed", title_justify="left")
    for board, (reason, detail) in sorted(failed.items()):
        table.add_row(board, Text(reason, style="red"), Text(detail))
    return table


def written_lines(written: Written) -> str:
    """Where the digest was written."""
    return "\n".join(f"{ending:5} {file}" for ending, file in sorted(written.files.items()))
