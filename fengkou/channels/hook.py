"""One POST to an address that is a key: what was answered, or why nothing was, without a word of the key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import requests
import urllib3
from requests.auth import HTTPBasicAuth

from fengkou.channels.channel import Answer, ChannelError, Failure
from fengkou.channels.secrets import hush

CONNECT_SECONDS, READ_SECONDS = 5.0, 20.0
"""A chat's service answers within one; a relay of a company may take several."""

MOST_READ = 65_536
"""Bytes of an answer: real ones have a hundred."""

LONGEST_WAIT_SECONDS = 3_600
"""A service that asks to be left alone for longer is asked after an hour all the same."""

# They tell path and query of every request, where a hook has its key.
hush(["urllib3.connectionpool"])


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered to a POST."""

    status: int
    text: str
    after: timedelta | None


def checked(address: str, channel: str) -> str:
    """The address where a key may go over it. Raises ChannelError, which does not tell it."""
    try:
        parts = urlsplit(address)
        host, scheme, is_whole = parts.hostname, parts.scheme, _can_be_asked(address)
    except ValueError:
        host, scheme, is_whole = None, "", False
    if not host or scheme not in {"http", "https"} or not is_whole:
        raise ChannelError(
            f"Channel {channel!r}: the variable of its address holds no http(s) address. "
            "Copy it whole, from https:// on."
        )
    if scheme == "http" and not is_loopback(host):
        raise ChannelError(
            f"Channel {channel!r}: its address begins with http://, which shows the key to the network. "
            "Give the https address."
        )
    return address


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Reply | Answer:
    """The reply of an address to a body; or what to answer where there was none."""
    try:
        with (
            requests.post(
                address,
                data=body,
                headers={"User-Agent": "fengkou", "Content-Type": "application/json", **headers},
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,  # another host would be given the message, and the key by its address
                stream=True,
                auth=_login(address),
            ) as response
        ):
            text = b""
            for block in response.iter_content(8_192):
                text += block
                if len(text) > MOST_READ:
                    break
            wait = response.headers.get("Retry-After", "")
            return Reply(
                response.status_code, text[:MOST_READ].decode(errors="replace"), _after(wait)
            )
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        return _unanswered(error)


def _login(address: str) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    """What the address says of user and password; never what a .netrc says of the host."""
    user, password = requests.utils.get_auth_from_url(address)
    return HTTPBasicAuth(user, password) if user else lambda request: request


def _can_be_asked(address: str) -> bool:
    """Whether the library that asks can make a request of an address, and its host has a name that can be."""
    if not address.isprintable() or "\\" in address:  # of which no two readers think alike
        return False
    try:
        url = requests.Request("POST", address).prepare().url or ""
        host = urllib3.util.parse_url(url).host or ""
        host.strip("[]").encode("idna")
    except (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError):
        return False
    return True


def _unanswered(error: Exception) -> Answer:
    """What a request without a reply comes to; the library's own words would tell the address."""
    cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else None
    if isinstance(cause, urllib3.exceptions.MaxRetryError):
        cause = cause.reason
    not_sent = (
        urllib3.exceptions.NewConnectionError,
        urllib3.exceptions.ConnectTimeoutError,
        urllib3.exceptions.SSLError,
        urllib3.exceptions.ProxyError,
    )
    name = type(cause or error).__name__
    if isinstance(cause, not_sent) or isinstance(
        error, (requests.ConnectTimeout, requests.exceptions.SSLError)
    ):
        return Answer(Failure.UNREACHABLE, name, "No connection could be made.")
    return Answer(
        Failure.UNANSWERED, name, "It was sent, and no whole answer came.", may_have_arrived=True
    )


def _after(said: str) -> timedelta | None:
    """A Retry-After in seconds; a date, which no chat sends, is as none."""
    if not (said.isascii() and said.isdecimal()):
        return None
    return timedelta(seconds=min(int(said[:9]), LONGEST_WAIT_SECONDS))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, where no network reads along."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
