"""Other services are reached by Apprise, in parts that they take, and what it says of them is kept."""

import sys

import pytest

from fengkou.channels.channel import ChannelError, Failure
from pipelines.desks.message import Kind
from pipelines.language import Language
from tests.fengkou.channels.loopback import Answered, Asked, Service, served
from tests.fengkou.channels.test_refusals import channel
from tests.pipelines.desks.messages import AT, STORY, message

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")

PASSWORD = "hunter2-of-the-desk"


class Target(Service):
    """Takes what Apprise posts to a json:// address, or answers with a status."""

    def __init__(self, status: int = 200) -> None:
        super().__init__()
        self.status = status

    def answer(self, asked: Asked) -> Answered:
        self.took.append(asked.json)
        return Answered(f"no {PASSWORD}".encode(), self.status)


def address(at: str) -> str:
    return f"json://desk:{PASSWORD}@{at.removeprefix('http://')}/in"


def test_a_message_reaches_a_target() -> None:
    target = Target()
    with served(target) as at:
        sender = channel("apprise", address(at))
        (part,) = sender.parts(message(), Language.ZH)
        assert sender.send(part, AT).is_sent
    (told,) = target.took
    assert told["title"] == "【上升】发布会改期到周五"
    assert told["message"].splitlines()[0].startswith("微博 3 小时内进前十 64%")


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (401, Failure.WRONG_KEY),
        (429, Failure.TOO_FAST),
        (418, Failure.UNKNOWN),
        (502, Failure.UNREACHABLE),
    ],
)
def test_a_refusal_is_told_by_its_status(status: int, failure: Failure) -> None:
    with served(Target(status)) as at:
        sender = channel("apprise", address(at))
        (part,) = sender.parts(message(), Language.ZH)
        answer = sender.send(part, AT)
    assert (answer.failure, answer.code) == (failure, str(status))
    assert PASSWORD not in str(answer)


def test_no_answer_may_be_one() -> None:
    with served(Target()) as at:
        sender = channel("apprise", address(at))
    (part,) = sender.parts(message(), Language.ZH)
    answer = sender.send(part, AT)
    assert (answer.failure, answer.may_have_arrived) == (Failure.UNANSWERED, True)
    assert PASSWORD not in str(answer)


def test_a_part_is_as_long_as_its_service_takes() -> None:
    telegram = channel("apprise", f"tgram://123456789:{'A' * 35}/12345")
    parts = telegram.parts(message(Kind.DIGEST, *[STORY] * 12), Language.ZH)
    for part in parts:
        assert len(part.payload["text"].encode()) <= 4096
        assert part.payload["title"] == ""
        assert part.payload["text"].startswith("【摘要】手机台：12 件\n")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("what is this", "Apprise cannot read its address"),
        ("wecombot://693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa", "Use kind: wecom"),
        ("dingtalk://abcdefghijkl", "Use kind: dingtalk"),
        ("schan://SCT123abc", "Use kind: serverchan"),
    ],
)
def test_what_apprise_cannot_serve_is_told_without_its_address(written: str, said: str) -> None:
    with pytest.raises(ChannelError, match=said) as raised:
        channel("apprise", written)
    assert written not in str(raised.value)


def test_without_apprise_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ChannelError, match=r"pip install 'fengkou\[apprise\]'"):
        channel("apprise", "json://localhost")
