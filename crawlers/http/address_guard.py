"""Whom a board may ask: its own hosts, at public addresses, on the usual ports; nobody else.

What comes back is a host's own only if its certificate says so.

A list, a redirect or ``boards.toml`` may name any address, also one inside the operator's network.
The host is judged by name before anything is asked, and its address when it is connected to.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.request import getproxies

from OpenSSL import SSL
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import BaseSettings
from service_identity import CertificateError, VerificationError
from twisted.internet.base import ReactorBase
from twisted.internet.error import DNSLookupError
from w3lib.url import safe_url_string

from crawlers.boards.description import Description
from crawlers.boards.walls import wall_in
from crawlers.http.public_address import host_of, is_inside, is_public, oddity

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred

RULES = "fengkou_rules"
"""In the meta of a request for robots.txt: rules may stand at any public host (RFC 9309, 2.3.1.2)."""

UNVERIFIED = "certificate verify failed"  # OpenSSL's words


class Refused(IgnoreRequest):
    """A request that is not made."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def hosts_of(board: type[Description]) -> frozenset[str]:
    """The hosts that a board may ask."""
    urls = (*board.start_urls, board.visitor_url, board.homepage)
    named = {host_of(safe_url_string(url)) for url in urls if url}
    return frozenset(named | {host.lower() for host in board.also_hosts})


def machines(settings: BaseSettings) -> frozenset[str]:
    """The operator's own hosts between us and the boards: a proxy, or the origin of a replay."""
    urls = [settings["ORIGIN"]] if settings.get("ORIGIN") else []
    if settings.getbool("HTTPPROXY_ENABLED"):
        urls += [url if "//" in url else f"//{url}" for url in getproxies().values()]
    return frozenset(host_of(url) for url in urls) - {""}


def refusal(url: str, hosts: frozenset[str] | None, *, redirected: bool = False) -> Refused | None:
    """Why an address is not asked, or None."""
    host = host_of(url)
    if is_inside(host):
        return private(host, "")
    odd = oddity(url, host, hosts)
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


def downgraded(before: str, url: str) -> Refused | None:
    """The refusal of a redirect that leaves encryption, if it does: anybody between could write the list."""
    if not (before.startswith("https:") and url.startswith("http:")):
        return None
    return Refused(
        "redirect_refused",
        f"The host sends us from https to http at {host_of(url)}, where nothing says who answers. It was "
        "not followed. If the list is only there now, correct start_urls.",
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


class GuardMiddleware:
    """Stands before robots.txt and everything else: a refused host is not even asked for that."""

    def __init__(self, crawler: Crawler) -> None:
        board: type[Description] | None = getattr(crawler.spidercls, "board", None)
        # A spider that is no board, such as that of Scrapy's shell, is held to public addresses only.
        self.hosts = hosts_of(board) if board else None
        self.machines = machines(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GuardMiddleware":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = host_of(request.url)
        refused = private(host, "") if host in self.machines else None
        before = request.meta.get("redirect_urls", ())
        hosts = None if before and request.meta.get(RULES) else self.hosts
        refused = refused or refusal(request.url, hosts, redirected=bool(before))
        if refused := refused or (downgraded(before[-1], request.url) if before else None):
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
