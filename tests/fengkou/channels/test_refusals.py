"""What a robot does not take is a failure of the right kind, and nothing of its address is told."""

import contextlib
import json
import logging
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengkou.channels import hook
from fengkou.channels.channel import (
    ADVICE,
    TRIED_AGAIN,
    Answer,
    Channel,
    ChannelError,
    Failure,
    Part,
)
from fengkou.channels.from_desk import channel_for, kind_of, kinds
from fengkou.channels.secrets import Secrets
from pipelines.desks.desk import ChannelSettings
from pipelines.desks.message import Kind
from pipelines.language import Language
from tests.fengkou.channels.chat_services import (
    DingTalkService,
    FeishuService,
    ServerChanService,
    WeComService,
)
from tests.fengkou.channels.loopback import Answered, Asked, Service, served
from tests.pipelines.desks.messages import STORY, message

ROBOTS = (WeComService, FeishuService, DingTalkService, ServerChanService)
Robots = WeComService | FeishuService | DingTalkService | ServerChanService
SIGN = "SEC0f1e2d3c4b5a69788796a5b4c3d2e1f0"


def channel(kind: str, address: str, sign: str = "", **options: str) -> Channel:
    settings = ChannelSettings("team", kind, "HOOK", "SIGN" if sign else None, options)
    return channel_for(settings, {"HOOK": address, "SIGN": sign})


def part_of(channel: Channel) -> Part:
    (part,) = channel.parts(message(), Language.ZH)
    return part


def asked(service: Robots, sign: str = "", **options: str) -> Answer:
    with served(service) as at:
        sender = channel(service.name, service.address(at), sign, **options)
        return sender.send(part_of(sender), service.now)


@pytest.fixture(params=ROBOTS, ids=lambda service: service.name)
def service(request: pytest.FixtureRequest) -> Robots:
    made = request.param()
    assert isinstance(made, ROBOTS)
    return made


def test_a_robot_takes_a_message(service: Robots) -> None:
    assert asked(service).is_sent
    assert len(service.took) == 1
    assert "发布会改期到周五" in json.dumps(service.took, ensure_ascii=False)


@pytest.mark.parametrize(
    ("service", "code", "failure"),
    [
        (FeishuService(secret=SIGN), "19021", Failure.WRONG_SIGNATURE),
        (FeishuService(keyword="告警"), "19024", Failure.KEYWORD),
        (FeishuService(is_blocked=True), "19022", Failure.BLOCKED),
        (DingTalkService(secret=SIGN), "310000", Failure.WRONG_SIGNATURE),
        (DingTalkService(keyword="告警"), "310000", Failure.KEYWORD),
        (DingTalkService(is_blocked=True), "310000", Failure.BLOCKED),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_the_robot_asks_for_and_does_not_get(
    service: Robots, code: str, failure: Failure
) -> None:
    answer = asked(service)
    assert (answer.failure, answer.code, answer.may_have_arrived) == (failure, code, False)
    assert not TRIED_AGAIN[failure]
    assert not service.took


@pytest.mark.parametrize("kind", [FeishuService, DingTalkService])
def test_a_robot_that_gets_what_it_asks_for_takes_the_message(
    kind: type[FeishuService | DingTalkService],
) -> None:
    assert asked(kind(secret=SIGN, keyword="告警"), SIGN, keyword="告警").is_sent
    assert asked(kind(keyword="风口")).is_sent


@pytest.mark.parametrize(
    ("kind", "code"),
    [(WeComService, "93000"), (FeishuService, "19001"), (DingTalkService, "300005")],
)
def test_a_wrong_key_is_told_as_one(kind: type[Robots], code: str) -> None:
    service = kind()
    with served(service) as at:
        sender = channel(service.name, service.address(at)[:-9])
        answer = sender.send(part_of(sender), service.now)
    assert (answer.failure, answer.code) == (Failure.WRONG_KEY, code)


def test_a_wrong_sendkey_is_told_as_one() -> None:
    with served(ServerChanService()) as at:
        sender = channel("serverchan", f"{at}/SCT1wrong.send")
        answer = sender.send(part_of(sender), ServerChanService().now)
    assert (answer.failure, answer.code) == (Failure.WRONG_KEY, "40001")


@pytest.mark.parametrize(
    ("kind", "code", "after"),
    [(WeComService, "45009", None), (DingTalkService, "130101", timedelta(minutes=10))],
)
def test_the_twenty_first_message_of_a_minute_is_sent_later(
    kind: type[Robots], code: str, after: timedelta | None
) -> None:
    service = kind()
    with served(service) as at:
        sender = channel(service.name, service.address(at))
        part = part_of(sender)
        answers = [sender.send(part, service.now) for _ in range(21)]
        assert [each.is_sent for each in answers] == [True] * 20 + [False]
        assert (answers[-1].failure, answers[-1].code) == (Failure.TOO_FAST, code)
        assert answers[-1].after == after
        assert TRIED_AGAIN[Failure.TOO_FAST]
        service.now += timedelta(minutes=2)
        assert sender.send(part, service.now).is_sent == (after is None)


@pytest.mark.parametrize("minute", [0, 30])
def test_feishu_is_too_busy_at_full_and_half_hours(minute: int) -> None:
    service = FeishuService()
    service.now = service.now.replace(minute=minute)
    answer = asked(service)
    assert (answer.failure, answer.code) == (Failure.TOO_FAST, "11232")


def test_the_sixth_message_of_a_second_is_sent_to_feishu_later() -> None:
    service = FeishuService()
    with served(service) as at:
        sender = channel("feishu", service.address(at))
        answers = [sender.send(part_of(sender), service.now) for _ in range(6)]
    assert (answers[-1].failure, answers[-1].code) == (Failure.TOO_FAST, "9499")


def test_a_body_that_feishu_cannot_read_is_not_taken() -> None:
    service = FeishuService()
    with served(service) as at:
        sender = channel("feishu", service.address(at))
        answer = sender.send(replace(part_of(sender), payload={"msg_type": "?"}), service.now)
    assert (answer.failure, answer.code) == (Failure.UNKNOWN, "9499")


def test_text_that_is_longer_than_wecom_takes_is_told_as_such() -> None:
    service = WeComService()
    with served(service) as at:
        sender = channel("wecom", service.address(at))
        long = {"msgtype": "markdown_v2", "markdown_v2": {"content": "长" * 1366}}
        answer = sender.send(Part(1, 1, long, 4098), service.now)
    assert (answer.failure, answer.code) == (Failure.TOO_LONG, "40058")


def test_a_day_of_serverchan_that_is_used_up_is_no_wrong_key() -> None:
    service = ServerChanService()
    service.left = 0
    answer = asked(service)
    assert (answer.failure, answer.code) == (Failure.TOO_FAST, "40001")


# --- what no manual tells ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "failure", "may_have_arrived"),
    [
        ("html", Failure.BAD_ANSWER, False),
        ("empty", Failure.BAD_ANSWER, True),
        ("redirect", Failure.BAD_ANSWER, False),
        ("reset", Failure.UNANSWERED, True),
        ("busy", Failure.UNREACHABLE, False),
    ],
)
def test_a_200_alone_is_no_success_and_a_lost_answer_may_be_one(
    service: Robots, fault: str, failure: Failure, may_have_arrived: bool
) -> None:
    service.fault = fault
    answer = asked(service)
    assert (answer.failure, answer.may_have_arrived) == (failure, may_have_arrived)
    assert TRIED_AGAIN[failure]
    assert len(service.asked) == 1, "nothing is asked twice, nor anybody else"


def test_an_answer_that_does_not_come_in_time_may_be_one(
    service: Robots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook, "READ_SECONDS", 0.3)
    service.fault = "slow"
    answer = asked(service)
    assert (answer.failure, answer.may_have_arrived) == (Failure.UNANSWERED, True)


def test_a_service_that_says_how_long_it_is_busy_is_left_alone_so_long(service: Robots) -> None:
    service.fault = "busy"
    assert asked(service).after == timedelta(seconds=120)


def test_nobody_at_the_address_is_unreachable(service: Robots) -> None:
    with served(service) as at:
        sender = channel(service.name, service.address(at))
    answer = sender.send(part_of(sender), service.now)
    assert (answer.failure, answer.may_have_arrived) == (Failure.UNREACHABLE, False)


@pytest.mark.parametrize("code", ["true", "false", "null", "[]", '"1"', "1e999", "-0.5"])
def test_a_code_that_is_none_is_no_success(service: Robots, code: str) -> None:
    class Odd(Service):
        def answer(self, asked: Asked) -> Answered:
            return Answered(f'{{"errcode": {code}, "code": {code}}}'.encode())

    odd = Odd()
    with served(odd) as at:
        sender = channel(service.name, service.address(at))
        assert not sender.send(part_of(sender), odd.now).is_sent


# --- keys -------------------------------------------------------------------------------------------


def keys(service: Robots) -> tuple[str, ...]:
    return (getattr(service, "key", ""), getattr(service, "token", ""), SIGN)


def test_nothing_that_is_told_holds_a_key(
    service: Robots, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    service.fault = "echo"
    with served(service) as at:
        can_sign = service.name in {"feishu", "dingtalk"}
        sender = channel(service.name, service.address(at), SIGN if can_sign else "")
        part = part_of(sender)
        answers = [sender.send(part, service.now)]
        service.fault = "reset"
        answers.append(sender.send(part, service.now))
    answers.append(sender.send(part, service.now))
    assert "redacted" in answers[0].said
    signs = {asked.parameters.get("sign", "") for asked in service.asked}
    signs |= {str(asked.json.get("sign", "")) for asked in service.asked}
    told = f"{answers} {part} {sender.setup} {caplog.text} {capfd.readouterr()}"
    for key in {*keys(service), *signs} - {""}:
        assert key not in told


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://a.example/hook/8a9b0c1d-aaaa", "8a9b0c1d-aaaa"),
        ("https://a.example/send?access_token=a%2Fb%2Bc%3D%3D", "a/b+c=="),
        ("https://a.example/send?access_token=a%2Fb%2Bc%3D%3D", "a%2Fb%2Bc%3D%3D"),
        ("smtps://desk:p%20w@mail.example:465", "p w"),
        ("tgram://123456789:AbCdEfGh/12345678", "AbCdEfGh"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "T1JJ3T3L2"),
        ("ntfys://desk:secret@ntfy.example/topic", "secret"),
    ],
)
def test_each_part_of_an_address_that_opens_something_is_taken_out(address: str, key: str) -> None:
    told = Secrets.of(address).told(f"<b>it said {key}, {quote(key, safe='')} and {address}</b>")
    assert told == "<b>it said redacted, redacted and redacted</b>"


def test_no_error_of_a_setting_tells_an_address() -> None:
    key = "693a91f6-7xxx-4bc4"
    for address in (
        f"http://qyapi.example/{key}",
        f"qyapi.example/{key}",
        f"https://[{key}",
        f"\x00{key}",
    ):
        with pytest.raises(ChannelError) as raised:
            channel("wecom", address)
        assert key not in str(raised.value)
        assert "'team'" in str(raised.value)


@pytest.mark.parametrize(
    "address",
    [
        *("https://a..b/x", "https://.a/", f"https://{'a' * 300}/", "https://*.x/", "https://%zz/"),
        *("http://127.0.0.1:99999/", "http://127.0.0.1:abc/", "https://a b/", "https://[::1]x/"),
        "http://evil.example\\@127.0.0.1/",
    ],
)
def test_an_address_that_nobody_can_be_asked_at_is_told_before(address: str) -> None:
    with pytest.raises(ChannelError, match="holds no http"):
        channel("wecom", address)


@given(st.text(max_size=40), st.text(max_size=20))
def test_whatever_an_address_is_it_is_taken_as_it_is_or_refused(host: str, path: str) -> None:
    for address in (
        f"http://127.0.0.1:1/{path}",
        f"https://{host}/{path}",
        host,
        f"http://[{host}]/",
    ):
        with contextlib.suppress(ChannelError):
            assert hook.checked(address, "team") == address


@given(st.text(max_size=20))
def test_whatever_a_path_is_nothing_is_raised_of_it(path: str) -> None:
    with contextlib.suppress(ChannelError):
        address = hook.checked(f"http://127.0.0.1:1/{path}", "team")
        answer = hook.post(address, b"{}", {})
        assert isinstance(answer, Answer)
        assert answer.failure is Failure.UNREACHABLE


# --- what is listed ---------------------------------------------------------------------------------


def test_every_failure_says_whether_it_is_tried_again_and_what_to_do() -> None:
    assert TRIED_AGAIN.keys() == ADVICE.keys() == set(Failure)


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_of_channel_says_what_it_is(kind: str) -> None:
    found = kind_of(kind)
    assert found.about.title
    assert found.limits.size
    for code, refusals in found.refusals.items():
        assert [each.says for each in refusals].index("") == len(refusals) - 1, code


def test_a_channel_that_is_described_wrongly_is_told_so() -> None:
    for settings, said in (
        (ChannelSettings("team", "pigeon", "HOOK"), "No kind of channel 'pigeon'. There are: "),
        (ChannelSettings("team", "wecom", "HOOK"), "HOOK is not set. Set it to the whole address"),
        (ChannelSettings("team", "wecom", "A", None, {"colour": "red"}), "no option 'colour'"),
        (ChannelSettings("team", "feishu", "A", "SIGN"), "SIGN is not set. Set it to the key"),
        (ChannelSettings("team", "serverchan", "A"), "holds no SendKey"),
    ):
        with pytest.raises(ChannelError, match=said):
            channel_for(settings, {"A": "what/is/this"})


def test_sendkeys_of_both_kinds_lead_to_their_services() -> None:
    for key, address in (
        ("SCT4711AbC", "https://sctapi.ftqq.com/SCT4711AbC.send"),
        ("sctp12tAbC", "https://12.push.ft07.com/send/sctp12tAbC.send"),
    ):
        assert channel("serverchan", key).address == address  # type: ignore[attr-defined]


def test_a_desk_of_several_stories_is_taken_too(service: Robots) -> None:
    with served(service) as at:
        sender = channel(service.name, service.address(at))
        digest = message(Kind.DIGEST, *[STORY] * 12)
        for part in sender.parts(digest, Language.ZH):
            assert part.size <= sender.limits.size
            assert sender.send(part, service.now).is_sent
