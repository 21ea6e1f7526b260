"""A mail reaches its readers as text and HTML, and a server's refusal is told by its code."""

import asyncio
import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope

from fengkou.channels import mail_server
from fengkou.channels.channel import Answer, Channel, ChannelError, Failure
from fengkou.channels.kinds.mail import Mail
from pipelines.desks.message import Kind
from pipelines.language import Language
from tests.crawlers.test_certificates import Issuer
from tests.fengkou.channels.drawn_messages import messages
from tests.fengkou.channels.test_refusals import channel
from tests.pipelines.desks.messages import AT, STORY, message

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

PASSWORD = "hunter2-of/the desk"
WRITTEN = "hunter2-of%2Fthe%20desk"


class Postbox:
    """Keeps the mails that it takes; ``refuses``: what it says to each instead."""

    def __init__(self, refuses: str = "") -> None:
        self.refuses = refuses
        self.mails: list[EmailMessage] = []
        self.readers: list[str] = []

    async def handle_RCPT(  # noqa: N802 - as the server calls it
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address.startswith("gone"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.refuses == "hang up":
            session.loop.call_soon(server.transport.abort)
            await asyncio.sleep(5)
        if self.refuses:
            return self.refuses
        content = envelope.content
        assert isinstance(content, bytes)
        mail = email.message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.readers += envelope.rcpt_tos
        return "250 OK"


def _login(server: Any, session: Any, envelope: Any, mechanism: str, login: Any) -> AuthResult:
    return AuthResult(success=login.password == PASSWORD.encode(), handled=False)


@contextmanager
def standing(postbox: Postbox) -> Iterator[int]:
    """The port of a server of mail on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    controller = Controller(
        postbox,
        "127.0.0.1",
        port,
        authenticator=_login,
        auth_require_tls=False,
        auth_required=True,
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def mailbox(
    port: int, to: str = "甲 <a@example.org>, b@example.org", login: str = WRITTEN
) -> Channel:
    address = f"smtp://desk%40example.org:{login}@127.0.0.1:{port}"
    return channel("mail", address, **{"from": "fengkou@example.org", "to": to})


def sent(postbox: Postbox, to: str = "a@example.org", login: str = WRITTEN) -> Answer:
    with standing(postbox) as port:
        sender = mailbox(port, to, login)
        (part,) = sender.parts(message(), Language.ZH)
        return sender.send(part, AT)


def test_a_mail_is_text_and_html_to_all_readers() -> None:
    postbox = Postbox()
    with standing(postbox) as port:
        sender = mailbox(port)
        for told in (message(), message(Kind.DIGEST, *[STORY] * 12)):
            (part,) = sender.parts(told, Language.ZH)
            assert sender.send(part, AT).is_sent
    first, digest = postbox.mails
    assert postbox.readers == ["a@example.org", "b@example.org"] * 2
    assert first["Subject"] == "【上升】发布会改期到周五"
    assert first["Date"].datetime == AT
    assert first["Auto-Submitted"] == "auto-generated"
    text, page = (first.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    assert "微博 25→11" in text.get_content()
    assert '<a href="https://example.org/item/1?from=list">原文</a>' in page.get_content()
    letter = digest.get_body(("html",))
    assert letter is not None
    assert letter.get_content().count("<a href") == 12


@pytest.mark.parametrize(
    ("refuses", "failure", "code"),
    [
        ("552 5.3.4 too big", Failure.TOO_LONG, "552"),
        ("554 5.7.1 spam", Failure.CONTENT, "554"),
        ("451 4.7.1 greylisted, try later", Failure.UNREACHABLE, "451"),
        ("550 5.7.0 not here", Failure.UNKNOWN, "550"),
    ],
)
def test_a_refusal_is_told_by_its_code(refuses: str, failure: Failure, code: str) -> None:
    answer = sent(Postbox(refuses))
    assert (answer.failure, answer.code) == (failure, code)
    assert answer.said == refuses[4:]


def test_a_wrong_password_is_told_as_one_and_nowhere_printed() -> None:
    answer = sent(Postbox(), login="wrong-password")
    assert (answer.failure, answer.code) == (Failure.WRONG_KEY, "535")
    assert "wrong-password" not in str(answer)


def test_a_server_that_prints_the_password_back_is_not_told_so() -> None:
    answer = sent(Postbox(f"550 5.7.0 you are {PASSWORD} are you"))
    assert answer.said == "5.7.0 you are redacted are you"


def test_a_reader_who_is_gone_keeps_no_mail_from_the_others() -> None:
    postbox = Postbox()
    answer = sent(postbox, "a@example.org, gone@example.org")
    assert (answer.is_sent, answer.said) == (True, "gone@example.org: 550")
    assert postbox.readers == ["a@example.org"]
    assert sent(postbox, "gone@example.org").code == "550"


def test_a_server_that_hangs_up_may_have_taken_the_mail() -> None:
    answer = sent(Postbox("hang up"))
    assert (answer.failure, answer.may_have_arrived) == (Failure.UNANSWERED, True)


def test_no_server_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    with standing(Postbox()) as port:
        sender = mailbox(port)
    (part,) = sender.parts(message(), Language.ZH)
    answer = sender.send(part, AT)
    assert (answer.failure, answer.may_have_arrived) == (Failure.UNREACHABLE, False)


def test_a_server_elsewhere_is_given_nothing_before_the_line_is_encrypted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mail_server, "is_loopback", lambda host: False)
    answer = sent(Postbox())
    assert not answer.is_sent
    assert answer.code == "SMTPNotSupportedError"


def test_a_server_that_cannot_prove_its_name_is_given_no_password(tmp_path: Path) -> None:
    stranger = Issuer("nobody").shown_by(tmp_path, "localhost", timedelta(days=1))
    greeted: list[str] = []

    class Listening(Postbox):
        async def handle_EHLO(  # noqa: N802
            self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
        ) -> list[str]:
            greeted.append(hostname)
            session.host_name = hostname
            return responses

    settings = {"from": "fengkou@example.org", "to": "a@example.org"}
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    port = int(server.getsockname()[1])
    server.close()
    loop = asyncio.new_event_loop()
    try:
        listening = loop.run_until_complete(
            loop.create_server(
                lambda: SMTP(Listening(), loop=loop), "127.0.0.1", port, ssl=stranger
            )
        )
        sender = channel("mail", f"smtps://desk:{WRITTEN}@localhost:{port}", **settings)
        (part,) = sender.parts(message(), Language.ZH)
        answer = loop.run_until_complete(loop.run_in_executor(None, sender.send, part, AT))
        listening.close()
    finally:
        loop.close()
    assert (answer.failure, answer.code) == (Failure.UNREACHABLE, "SSLCertVerificationError")
    assert not greeted


def test_every_message_is_a_mail_that_can_be_read() -> None:
    sender = mailbox(25)
    assert isinstance(sender, Mail)
    for drawn in messages(100):
        for part in sender.parts(drawn, Language.ZH):
            mail = email.message_from_bytes(sender.mail(part, AT).as_bytes(), policy=default)
            assert isinstance(mail, EmailMessage)
            text = mail.get_body(("plain",))
            assert text is not None
            assert text.get_content().splitlines() == part.payload["text"].splitlines()
            assert mail["Subject"].split() == part.payload["subject"].split()


def test_what_is_no_server_or_reader_is_told_without_the_password() -> None:
    for address, options in (
        (f"imap://a:{WRITTEN}@mail.example", {"from": "a@b.example", "to": "c@d.example"}),
        (f"smtp://a:{WRITTEN}@mail.example:99999", {"from": "a@b.example", "to": "c@d.example"}),
        (f"smtp://a:{WRITTEN}@mail.example", {"from": "a@b.example", "to": ""}),
        (f"smtp://a:{WRITTEN}@mail.example", {"to": "c@d.example"}),
    ):
        with pytest.raises(ChannelError) as raised:
            channel("mail", address, **options)
        assert "hunter2" not in str(raised.value)
