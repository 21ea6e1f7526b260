"""Each chat is shown a message in the form that it has for such a one."""

import json
from typing import Any

import pytest

from fengkou.channels.kinds import dingtalk, feishu
from pipelines.desks.message import Kind, ToldStory
from pipelines.language import Language
from tests.fengkou.channels.chat_services import WeComService
from tests.fengkou.channels.loopback import served
from tests.fengkou.channels.test_refusals import channel
from tests.pipelines.desks.messages import AT, LINKS, STORY, message, story

SHORT = story(places=STORY.places[1:2], rules=STORY.rules[:1])


def payload(kind: str, told: ToldStory = STORY, *, has_links: bool = False, **changed: Any) -> Any:
    sender = channel(kind, "SCT1" if kind == "serverchan" else "https://a.example/hook")
    links = {STORY.topic_id: LINKS} if has_links else {}
    (part,) = sender.parts(message(Kind.NEW, told, **changed), Language.ZH, links)
    return part.payload


def test_wecom_is_shown_a_card_of_a_story_that_fits_on_one() -> None:
    card = payload("wecom", SHORT, has_links=True)["template_card"]
    assert card == {
        "card_type": "text_notice",
        "source": {"desc": "风口 · 手机台"},
        "main_title": {"title": "【上升】发布会改期到周五"},
        "emphasis_content": {"title": "64%", "desc": "微博 3 小时内进前十"},
        "sub_title_text": "1 小时内 41% · 1 个榜 · 微博 25→11\n"
        "为何：微博 一个半小时内升 14 位；10:00 首见于知乎；预计还在榜 2 小时\n"
        "规则 phones「发布会」",
        "jump_list": [
            {"type": 1, "title": "采用", "url": LINKS.adopt},
            {"type": 1, "title": "跳过", "url": LINKS.skip},
            {"type": 1, "title": "静音", "url": LINKS.mute},
        ],
        "card_action": {"type": 1, "url": STORY.url},
    }
    service = WeComService()
    with served(service) as at:
        sender = channel("wecom", service.address(at))
        (part,) = sender.parts(message(Kind.NEW, SHORT), Language.ZH)
        assert sender.send(part, AT).is_sent
    assert service.took[0]["msgtype"] == "template_card"


@pytest.mark.parametrize(
    "told",
    [
        story(places=STORY.places * 3),  # more than its text holds
        story(title="发布会改期到周五，地点也从上海换到了北京的消息", places=STORY.places[:1]),
        story(url=None, places=STORY.places[:1]),  # a card has to lead somewhere
        story(first_name_zh="一个名字很长很长的榜单，" * 3),
    ],
)
def test_wecom_is_shown_markdown_of_what_fits_on_no_card(told: ToldStory) -> None:
    content = payload("wecom", told)["markdown_v2"]["content"]
    assert content.startswith("**【上升】发布会改期到周五")
    assert content.endswith("风口 · 手机台")


def test_a_card_of_what_may_be_there_already_says_so() -> None:
    sender = channel("wecom", "https://a.example/hook")
    (part,) = sender.parts(message(Kind.NEW, SHORT), Language.ZH, is_again=True)
    assert part.payload["template_card"]["main_title"]["desc"] == "上次没有回执，可能重复"


def test_feishu_tells_the_kind_by_a_colour_and_has_buttons() -> None:
    card = payload("feishu", has_links=True)["card"]
    assert card["header"] == {
        "template": "orange",
        "title": {"tag": "plain_text", "content": "【上升】发布会改期到周五"},
    }
    text, buttons, note = card["elements"]
    assert "原文" not in text["content"]
    assert [button["url"] for button in buttons["actions"]] == [
        STORY.url,
        LINKS.adopt,
        LINKS.skip,
        LINKS.mute,
    ]
    assert note["elements"][0]["content"] == "风口 · 手机台"
    assert payload("feishu", is_breaking=True)["card"]["header"]["template"] == feishu.URGENT


def test_dingtalk_is_shown_buttons_where_there_is_something_to_decide() -> None:
    card = payload("dingtalk", has_links=True)["actionCard"]
    assert [button["title"] for button in card["btns"]] == ["原文", "采用", "跳过", "静音"]
    assert "[原文]" not in card["text"]
    text = payload("dingtalk")["markdown"]["text"]
    assert f"[原文]({STORY.url})" in text


def test_no_body_is_longer_than_its_characters() -> None:
    sender = channel("dingtalk", "https://a.example/hook")
    assert isinstance(sender, dingtalk.DingTalk)
    (part,) = sender.parts(message(), Language.ZH)
    assert part.size == len(
        json.dumps(part.payload, ensure_ascii=False, separators=(",", ":")).encode()
    )


def test_serverchan_is_given_as_much_of_the_decision_as_a_title_holds() -> None:
    told = payload("serverchan", story(title="长" * 40))
    assert told["title"] == "【上升】" + "长" * 27 + "…"
    assert "长" * 40 in told["desp"]


def test_the_terminal_shows_what_a_chat_would(capsys: pytest.CaptureFixture[str]) -> None:
    sender = channel("console", "")
    (part,) = sender.parts(message(), Language.ZH)
    assert sender.send(part, AT).is_sent
    shown = capsys.readouterr().out
    assert shown.startswith("【上升】发布会改期到周五\n")
    assert shown.endswith("风口 · 手机台\n\n")
