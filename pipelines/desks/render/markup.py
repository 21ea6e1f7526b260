"""How chats write words and links, and how a stranger's title stays words in each."""

import html
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.desks.render.told_lines import Atom, Line, Link

_SPECIAL = "\\`*_[]#<>|~@"
_WIDE = str.maketrans(_SPECIAL, "＼｀＊＿［］＃＜＞｜～＠")
"""No two chats agree on what a backslash does, and none of them reads a wide sign as markup."""

_ENTITIES = str.maketrans({mark: f"&#{ord(mark)};" for mark in _SPECIAL + "&"})

_ENDS_A_LINK = str.maketrans({mark: f"%{ord(mark):02X}" for mark in "()[]"})


@dataclass(frozen=True, slots=True)
class Markup:
    """``words`` makes text inert; ``strong`` and ``link`` are given text that is."""

    words: Callable[[str], str]
    strong: Callable[[str], str]
    link: Callable[[str, str], str]
    line_break: str

    def write(self, lines: tuple[Line, ...]) -> str:
        """The lines as the chat takes them."""
        return self.line_break.join("".join(map(self._atom, line)) for line in lines)

    def _atom(self, atom: Atom) -> str:
        text = self.words(atom.text)
        if isinstance(atom, Link):
            return self.link(text, atom.url)
        return self.strong(text) if atom.is_strong else text


def widened(text: str) -> str:
    """Text without a sign that Markdown reads."""
    return text.translate(_WIDE)


def _in_markdown(text: str, url: str) -> str:
    return f"[{text}]({url.translate(_ENDS_A_LINK)})"


PLAIN = Markup(str, str, "{} {}".format, "\n")

HTML = Markup(
    html.escape,
    "<strong>{}</strong>".format,
    lambda text, url: f'<a href="{html.escape(url)}">{text}</a>',
    "<br>\n",
)

WECOM = Markup(widened, "**{}**".format, _in_markdown, "\n")

DINGTALK = Markup(widened, "**{}**".format, _in_markdown, "\n\n")
"""Its readers join lines that no empty one parts."""

FEISHU = Markup(lambda text: text.translate(_ENTITIES), "**{}**".format, _in_markdown, "\n")
"""Its cards want signs of Markdown as numbered entities."""
