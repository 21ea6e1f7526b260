"""A server of outgoing mail: how it is written, and a connection to it that no network reads."""

import smtplib
import ssl
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from fengkou.channels.channel import ChannelError
from fengkou.channels.hook import READ_SECONDS, is_loopback

PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, and as whom; without a user nobody logs in."""

    is_tls: bool
    host: str
    port: int
    user: str
    password: str = field(repr=False)

    @classmethod
    def of(cls, address: str, channel: str) -> "MailServer":
        """Read smtps://user:password@host:465 or smtp://… Raises ChannelError, which does not tell it."""
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
        if not host or parts.scheme not in PORTS:
            raise ChannelError(
                f"Channel {channel!r}: the variable of its server cannot be read. Expected "
                "smtps://user:password@smtp.example.com:465, with %40 for an @ within the user's name."
            )
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.scheme == "smtps", host, port or PORTS[parts.scheme], user, password)

    def connected(self) -> smtplib.SMTP:
        """A connection that is logged in; but for this machine it is encrypted, the server proved by its
        certificate. Raises SMTPException and OSError."""
        context = ssl.create_default_context()
        if self.is_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=READ_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=READ_SECONDS)
        try:
            if not self.is_tls and not is_loopback(self.host):
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server
