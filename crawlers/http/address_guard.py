"""Whom a board may ask: its own hosts, at public addresses, on the usual ports; nobody else.

What comes back is a host's own only if its certificate says so.

A list, a redirect or ``boards.toml`` may name any address, also one inside the operator's network.
The host is judged by name before anything is asked, and its address when it is connected to.
"""

import ipaddress
import re
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit
from urllib.request import getproxies

from OpenSSL import SSL
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import BaseSettings
from service_identity import CertificateError, VerificationError
from twisted.internet.base import ReactorBase
from twisted.internet.error import DNSLookupError
from w3lib.url import safe_url_string

from crawlers.boards.reading import wall_in

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred

PORTS = {"http": 80, "https": 443}
INSIDE = (".localhost", ".local", ".internal", ".lan", ".home", ".arpa")
LABEL = re.compile(r"[\w-]{1,63}")
NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
UNVERIFIED = "certificate verify failed"  # OpenSSL's words
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(IgnoreRequest):
    """A request that is not made."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def hosts_of(board: type[Spider]) -> frozenset[str] | None:
    """The hosts that a board may ask; None for a spider that is no board, such as Scrapy's shell."""
    if not hasattr(board, "homepage"):
        return None
    described: Any = board
    urls = (*described.start_urls, described.visitor_url, described.homepage)
    named = {host_of(safe_url_string(url)) for url in urls if url}
    return frozenset(named | {host.lower() for host in getattr(board, "also_hosts", ())})


def machines(settings: BaseSettings) -> frozenset[str]:
    """The operator's own hosts between us and the boards: a proxy, or the origin of a replay."""
    urls = [settings["ORIGIN"]] if settings.get("ORIGIN") else []
    if settings.getbool("HTTPPROXY_ENABLED"):
        urls += [url if "//" in url else f"//{url}" for url in getproxies().values()]
    return frozenset(host_of(url) for url in urls) - {""}


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def is_public(address: str) -> bool:
    """Whether an address is of the open internet, also when it is wrapped into IPv6."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def address_problem(url: str) -> str:
    """Why no board may ask an address, as far as can be seen there; "" where one may."""
    host = host_of(url)
    if _is_inside(host):
        return f"{host} is inside a network"
    odd = _oddity(url, host, None)
    return f"it has {odd}" if odd else ""


def refusal(url: str, hosts: frozenset[str] | None, *, redirected: bool = False) -> Refused | None:
    """Why an address is not asked, or None."""
    host = host_of(url)
    if _is_inside(host):
        return private(host, "")
    odd = _oddity(url, host, hosts)
    if not odd:
        return None
    if not redirected:
        return Refused(
            "address_refused",
            f"The address has {odd}. Boards are asked by http or https on the usual port, without a "
            "name or password, at the hosts of start_urls, visitor_url, homepage and also_hosts.",
        )
    # Where visitors are sent to log in, the address says all: it need not be opened.
    if wall := wall_in("", url):
        return Refused(wall.reason, wall.detail)
    return Refused(
        "redirect_refused",
        f"The host sends us to an address with {odd}, expected one of {', '.join(sorted(hosts or ()))}. "
        "It was not followed. If the list has moved there, correct start_urls, or add also_hosts.",
    )


def private(host: str, address: str) -> Refused:
    what = f"{host} is at {address}" if address else f"{host or 'it'} is"
    return Refused(
        "private_address",
        f"Not asked: {what} inside a network, no public address. "
        "A board stands on the internet; see who named this host.",
    )


def distrusted(host: str, error: DownloadFailedError) -> Refused | None:
    """The refusal of a host that could not show who it is, if that is why the connection failed."""
    causes = [cause.value for cause in getattr(error.__cause__, "reasons", ())]
    if any(isinstance(cause, (VerificationError, CertificateError)) for cause in causes):
        what = "is for another name"
    elif any(isinstance(cause, SSL.Error) and UNVERIFIED in str(cause) for cause in causes):
        what = "is out of date, or by an issuer that is not trusted here"
    else:
        return None
    return Refused(
        "certificate_invalid",
        f"The certificate shown for {host} {what}. Nothing was asked there. Look at the host from another "
        "network: something may stand between. SSL_CERT_FILE names a file of the issuers to trust.",
    )


def _oddity(url: str, host: str, hosts: frozenset[str] | None) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "a host or port that cannot be read"
    oddities = {
        "white space or a backslash": re.search(r"[\s\\\x00-\x1f]", url),
        f"the scheme {parts.scheme or 'of nothing'}": parts.scheme not in PORTS,
        "a name or password": "@" in parts.netloc,
        f"an unusual port at {host}": port not in (None, PORTS.get(parts.scheme)),
        f"the host {host}": hosts is not None and host not in hosts,
        f"no name of a host: {host}": not _is_name(host),
    }
    return next((odd for odd, is_so in oddities.items() if is_so), "")


def _is_name(host: str) -> bool:
    """Whether it names a host or is its number as everybody writes it."""
    if ":" in host:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        # 2130706433 and 0x7f.1 are numbers that machines read differently.
        return not NUMBER.fullmatch(labels[-1]) and all(map(LABEL.fullmatch, labels))
    return True


def _is_inside(host: str) -> bool:
    if not host:
        return False
    if "." not in host and ":" not in host and not host.isdigit() and not host.startswith("0x"):
        return True
    if host.endswith(INSIDE):
        return True
    try:
        return not is_public(host)
    except ValueError:
        pass
    try:
        # 2130706433, 0x7f.1 and 0177.0.0.1 are ways to write 127.0.0.1, as the system reads them.
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))
    except OSError:
        return False


class GuardMiddleware:
    """Stands before robots.txt and everything else: a refused host is not even asked for that."""

    def __init__(self, crawler: Crawler) -> None:
        self.hosts = hosts_of(crawler.spidercls)
        self.machines = machines(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GuardMiddleware":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = host_of(request.url)
        refused = private(host, "") if host in self.machines else None
        redirected = bool(request.meta.get("redirect_times"))
        if refused := refused or refusal(request.url, self.hosts, redirected=redirected):
            raise refused


class GuardedResolver(CachingThreadedResolver):
    """Hands out public addresses only. What it checked is what is connected to: no second look-up."""

    private: ClassVar[dict[str, str]] = {}
    """Names that were found at a private address; Twisted only says that there was none."""
    machines: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> "GuardedResolver":
        resolver = super().from_crawler(crawler, reactor)
        resolver.machines = machines(crawler.settings)
        return resolver

    def getHostByName(  # noqa: N802 - Twisted's name
        self, name: str, timeout: Sequence[int] = ()
    ) -> "Deferred[str]":
        found = super().getHostByName(name, timeout)
        if name.rstrip(".").lower() not in self.machines:
            found.addCallback(self._public, name)
        return found

    def _public(self, address: Any, name: str) -> Any:
        if not is_public(address):
            self.private[name.rstrip(".").lower()] = address
            raise DNSLookupError(f"{name} is at the private address {address}")
        return address
