"""Invented words for invented stories: no place, person, firm or work in them exists."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files


@cache
def invented(name: str) -> tuple[str, ...]:
    """The lines of ``words/<name>.txt``."""
    text = files("crawlers.simulation").joinpath(f"words/{name}.txt").read_text(encoding="utf-8")
    return tuple(text.splitlines())


NAMES: Mapping[str, Sequence[str]] = {
    "place": invented("places"),
    "who": invented("people"),
    "team": invented("teams"),
    "rival": invented("teams"),
    "goods": invented("goods"),
    "firm": invented("firms"),
    "work": invented("works"),
}
"""What the places in braces of a tale are filled with."""

# What a crawler meets sooner or later.
HOSTILE = (
    "<b>加粗</b>的一行<script>alert(1)</script>",
    '=HYPERLINK("http://example.invalid","点我领奖")',
    "上联\n下联",
    "零\u200b宽\u200d字符\ufeff标题",
    "🎉🧨👨\u200d👩\u200d👧 满屏表情 🥟",
    "很长" * 5_000,
)

REPO_OWNERS = ("quietfox", "papercrane", "nightowl-labs", "redkite", "tinyharbor", "mossgarden")

# What invented names are spelled with, as foreign ones are.
SYLLABLES = "阿贝达尔菲格哈加科拉米娜奥帕萨塔乌维亚兹"
