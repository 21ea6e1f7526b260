"""A mailbox, by SMTP: plain text, and HTML of a table with inline styles beside it."""

import smtplib
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses, make_msgid
from typing import ClassVar

from fengkou.channels.channel import (
    About,
    Answer,
    Channel,
    ChannelError,
    Failure,
    Limits,
    Part,
    Refusal,
    Setup,
)
from fengkou.channels.mail_server import MailServer
from fengkou.channels.secrets import Secrets
from fengkou.channels.written import Form, Payload, parts_of
from pipelines.desks.render.letter import to_html
from pipelines.desks.render.markup import PLAIN
from pipelines.desks.render.told import Told
from pipelines.desks.render.told_lines import Sheet
from pipelines.language import Language

FOR_GOOD = 500
"""From this code of SMTP on a refusal is for good; below it is asked for another try."""

LOGIN = Refusal(Failure.WRONG_KEY, "the login is wrong")


class Mail(Channel):
    """One mail a message, to all readers."""

    about: ClassVar = About(
        "邮件 Mail",
        "the server with its login, smtps://user:password@smtp.example.com:465 (smtp:// does STARTTLS)",
        options={
            "from": "the sender's address",
            "to": "the readers' addresses, with commas between",
        },
    )
    limits: ClassVar = Limits(1_000_000, "text and HTML")
    refusals: ClassVar = {
        "530": (LOGIN,),
        "535": (LOGIN,),
        "552": (Refusal(Failure.TOO_LONG, "the mail is too large"),),
        "554": (Refusal(Failure.CONTENT, "the server takes it for spam, or does not carry it"),),
    }

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.server = MailServer.of(setup.secret, setup.name)
        self.secrets = Secrets.of(setup.secret, self.server.password)
        self.sender = setup.options.get("from", "")
        self.readers = [address for _, address in getaddresses([setup.options.get("to", "")])]
        if not all("@" in address for address in (self.sender, *(self.readers or [""]))):
            raise ChannelError(
                f"Channel {setup.name!r}: expected the options from and to with addresses of mail."
            )

    def write(self, told: Told, language: Language) -> tuple[Part, ...]:
        def payload(sheet: Sheet) -> Payload:
            text = PLAIN.write(sheet.whole)
            return {"subject": sheet.heading, "text": text, "html": to_html(sheet, language)}

        return parts_of(told, told.sheet, language, Form(self.limits.size, payload))

    def send(self, part: Part, at: datetime) -> Answer:
        try:
            server = self.server.connected()
        except (smtplib.SMTPException, OSError) as error:
            answer = self._refused(error, Failure.UNREACHABLE)
        else:
            answer = self._handed(server, self.mail(part, at))
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        return replace(answer, said=self.secrets.told(answer.said))

    def mail(self, part: Part, at: datetime) -> EmailMessage:
        """The part as it is handed in."""
        mail = EmailMessage(policy=SMTP)
        mail["Subject"], mail["From"] = part.payload["subject"], self.sender
        mail["To"], mail["Date"] = ", ".join(self.readers), format_datetime(at)
        mail["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(part.payload["text"])
        mail.add_alternative(part.payload["html"], subtype="html")
        return mail

    def _handed(self, server: smtplib.SMTP, mail: EmailMessage) -> Answer:
        try:
            refused = server.send_message(mail, self.sender, self.readers)
        except (smtplib.SMTPException, OSError) as error:
            return self._refused(error, Failure.UNANSWERED)
        told = ", ".join(f"{reader}: {code}" for reader, (code, _) in refused.items())
        return Answer(None, "250", told)

    def _refused(self, error: Exception, without_code: Failure) -> Answer:
        """What an error comes to; one without a code means that the connection was not made, or was lost."""
        code, said = 0, b""
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, said = next(iter(error.recipients.values()))
        elif isinstance(error, smtplib.SMTPResponseException):
            code = error.smtp_code
            said = (
                error.smtp_error
                if isinstance(error.smtp_error, bytes)
                else error.smtp_error.encode()
            )
        if code <= 0:
            arrived = without_code is Failure.UNANSWERED
            return Answer(without_code, type(error).__name__, may_have_arrived=arrived)
        known = self.refusals.get(str(code))
        failure = Failure.UNKNOWN if code >= FOR_GOOD else Failure.UNREACHABLE
        return Answer(
            known[0].failure if known else failure, str(code), said.decode(errors="replace")
        )
