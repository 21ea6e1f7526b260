"""Who may ask a server of ours: browsers on its own pages, by its own names.

A browser lets any page send requests to this machine, and a name that a stranger owns may lead to 127.0.0.1
tomorrow. What the stranger cannot choose is what the browser tells of itself: the Host that the person asked
for, and the Origin of the page that asks.
"""

from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

OWN_HOSTS = ("localhost", "127.0.0.1", "[::1]")
ANY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - what is listened at when every address is


class OwnOriginMiddleware:
    """Refuses what a page of another origin sends: 403, for HTTP and for WebSockets.

    ``names`` are hosts whose pages may ask whatever Host they ask for: a proxy in front may write that anew.
    Who sends no Origin is no page of another origin: browsers send it with every such POST and WebSocket.
    """

    def __init__(self, app: ASGIApp, names: Sequence[str]) -> None:
        self.app = app
        self.names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = self.app
        if scope["type"] in ("http", "websocket"):
            headers = Headers(scope=scope)
            host = headers.get("host", "").lower()
            if not all(self._is_own(origin, host) for origin in headers.getlist("origin")):
                app = PlainTextResponse(
                    "A page of another origin may not ask this server. If it is yours, say its host in "
                    "FENGKOU_UI_HOSTS.",
                    status_code=403,
                )
        await app(scope, receive, send)

    def _is_own(self, origin: str, host: str) -> bool:
        try:
            page = urlsplit(origin.lower())
        except ValueError:
            return False
        return page.scheme in ("http", "https") and (
            page.netloc == host or _host_of(page) in self.names
        )


def _host_of(page: SplitResult) -> str:
    name = page.hostname or ""
    return f"[{name}]" if ":" in name else name


def served_hosts(listening_at: str, named: Sequence[str]) -> tuple[str, ...]:
    """What a browser may ask for: this machine, the address that is listened at, and what was named."""
    address = f"[{listening_at}]" if ":" in listening_at else listening_at.lower()
    own = () if listening_at in ANY_ADDRESS else (address,)
    return tuple(dict.fromkeys([*OWN_HOSTS, *own, *named]))


def own_pages_only(hosts: Sequence[str]) -> list[Middleware]:
    """Let browsers in that ask for one of ``hosts`` (``served_hosts``), from pages of its own."""
    names = [host for host in hosts if host not in OWN_HOSTS]
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=[*OWN_HOSTS, *names], www_redirect=False),
        Middleware(OwnOriginMiddleware, names=names),
    ]
