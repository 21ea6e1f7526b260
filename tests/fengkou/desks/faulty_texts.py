"""Texts of desks with a fault in them, and what is told of them."""

from pathlib import Path

from fengkou.channels.channel import About
from fengkou.desks.desk_file import read_desk
from fengkou.desks.faults import DeskFaultyError
from fengkou.desks.written_words import Known

MIRRORS = {"zhihu_api_total": "zhihu_hot_list_web"}
KNOWN = Known(
    ("weibo_hot_band", "zhihu_hot_list_web", "zhihu_api_total"),
    lambda name: MIRRORS.get(name, name),
    lambda title: ["zhihu_hot_list_web"] if title == "知乎热榜" else [],
    {
        "wecom": About("WeCom", "the whole address of the robot", options={"mention": "whom"}),
        "feishu": About("Feishu", "the whole address of the robot", sign="its key"),
        "console": About("The terminal", ""),
    },
)
RULE = "watch: [{id: r, any: [芯片]}]"
SECRET = "b0c1-very-secret"


def faults(text: str) -> list[str]:
    """The faults of a text, without the name of its file."""
    try:
        read_desk(text, Path("tech.yaml"), KNOWN, name="tech")
    except DeskFaultyError as error:
        return [line.removeprefix("tech.yaml:") for line in str(error).splitlines()]
    return []


def in_rule(words: str) -> str:
    return f"desk: tech\nwatch:\n  - id: r\n    {words}\n"


def beside(words: str) -> str:
    return f"desk: tech\n{RULE}\n{words}\n"
