"""A program is posted a message as JSON that its schema describes, and can prove by whom."""

import hashlib
import hmac
import json
from base64 import b64encode
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given

from fengkou.channels.channel import Answer, Failure
from fengkou.channels.from_desk import channel_for
from pipelines.desks.desk import ChannelSettings
from pipelines.desks.message import Message
from pipelines.desks.render.document import schema
from pipelines.language import Language
from tests.fengkou.channels.loopback import Answered, Asked, Service, served
from tests.fengkou.channels.test_refusals import channel
from tests.pipelines.desks.messages import LINKS, MESSAGES, STORY, message

KEY = "a-key-of-both"
VALIDATOR = jsonschema.Draft202012Validator(schema())


class Program(Service):
    """Takes what is signed with its key within five minutes, and tells others 401."""

    def __init__(self, status: int = 202) -> None:
        super().__init__()
        self.status = status

    def answer(self, asked: Asked) -> Answered:
        at = asked.headers.get("X-Fengkou-Timestamp", "0")
        made = hmac.new(KEY.encode(), f"{at}.".encode() + asked.body, hashlib.sha256).hexdigest()
        is_signed = asked.headers.get("X-Fengkou-Signature") == f"sha256={made}"
        if not is_signed or abs(self.now.timestamp() - int(at)) > 300:
            return Answered(b"who are you?", 401)
        self.took.append(asked.json)
        return Answered(b"", self.status)


def asked(program: Program, key: str = KEY) -> Answer:
    with served(program) as at:
        sender = channel("webhook", f"{at}/hook", key)
        (part,) = sender.parts(message(), Language.ZH, {STORY.topic_id: LINKS})
        return sender.send(part, program.now)


def test_a_program_takes_what_is_signed() -> None:
    program = Program()
    assert asked(program).is_sent
    (told,) = program.took
    VALIDATOR.validate(told)
    (story,) = told["stories"]
    assert story["title"] == STORY.title
    assert story["links"]["adopt"] == LINKS.adopt
    assert story["places"][1]["rank_before"] == 25
    assert told["text"].startswith("【上升】发布会改期到周五\n")


def test_a_login_in_the_address_is_told_to_its_host_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login other password others")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    program = Program()
    with served(program) as at:
        for address in (at.replace("//", "//desk:p%20w@"), at):
            sender = channel("webhook", address, KEY)
            assert sender.send(sender.parts(message(), Language.ZH)[0], program.now).is_sent
    first, second = (asked.headers.get("Authorization") for asked in program.asked)
    assert first == f"Basic {b64encode(b'desk:p w').decode()}"
    assert second is None


@pytest.mark.parametrize("key", ["", "another"])
def test_a_wrong_key_is_told_as_one(key: str) -> None:
    answer = asked(Program(), key)
    assert (answer.failure, answer.said) == (Failure.WRONG_SIGNATURE, "who are you?")


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (204, None),
        (302, Failure.BAD_ANSWER),
        (404, Failure.WRONG_KEY),
        (413, Failure.TOO_LONG),
        (422, Failure.UNKNOWN),
        (429, Failure.TOO_FAST),
        (500, Failure.UNREACHABLE),
    ],
)
def test_a_program_answers_by_its_status(status: int, failure: Failure | None) -> None:
    assert asked(Program(status)).failure == failure


@given(MESSAGES)
def test_every_message_is_as_its_schema_says(drawn: Message) -> None:
    sender = channel_for(ChannelSettings("team", "webhook", "HOOK"), {"HOOK": "https://a.example"})
    for language in Language:
        (part,) = sender.parts(drawn, language, is_again=True)
        VALIDATOR.validate(json.loads(json.dumps(part.payload)))
