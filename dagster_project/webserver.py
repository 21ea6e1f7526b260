"""Dagster's web server, which asks nobody who they are, for callers that a stranger's page cannot speak for.

A browser lets any page send requests to this machine, and a name that a stranger owns may lead to 127.0.0.1
tomorrow. What the stranger cannot choose is what the browser tells of itself: the Host that the person asked
for, and the Origin of the page that asks.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import SplitResult, urlsplit

from dagster import DagsterInstance
from dagster._core.workspace.context import (  # Dagster has no public way to serve its own pages
    WorkspaceProcessContext,
    WorkspaceRequestContext,
)
from dagster._core.workspace.load_target import ModuleTarget
from dagster_webserver.version import __version__
from dagster_webserver.webserver import DagsterWebserver
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

OWN_HOSTS = ("localhost", "127.0.0.1", "[::1]")
ANY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - what is listened at when every address is

LIVE_DATA_MILLISECONDS = 2000  # how often a page asks again, as dagster dev has it


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


class OwnPagesWebserver(DagsterWebserver[WorkspaceProcessContext, WorkspaceRequestContext]):
    """Dagster's pages and its GraphQL, for browsers on their own pages."""

    def __init__(self, context: WorkspaceProcessContext, hosts: Sequence[str]) -> None:
        self._hosts = hosts
        super().__init__(context, live_data_poll_rate=LIVE_DATA_MILLISECONDS)

    def build_middleware(self) -> list[Middleware]:
        names = [host for host in self._hosts if host not in OWN_HOSTS]
        return [
            Middleware(
                TrustedHostMiddleware, allowed_hosts=[*OWN_HOSTS, *names], www_redirect=False
            ),
            Middleware(OwnOriginMiddleware, names=names),
            *super().build_middleware(),
        ]

    async def graphql_http_endpoint(self, request: Request) -> Response:
        # A picture's address is asked for without an Origin: by GET, a stranger's page could launch a run.
        if request.method != "POST" and "text/html" not in request.headers.get("Accept", ""):
            return PlainTextResponse("A query comes by POST.", status_code=405)
        answer: Response = await super().graphql_http_endpoint(request)
        return answer


def served_hosts(listening_at: str, named: Sequence[str]) -> tuple[str, ...]:
    """What a browser may ask for: this machine, the address that is listened at, and what was named."""
    address = f"[{listening_at}]" if ":" in listening_at else listening_at.lower()
    own = () if listening_at in ANY_ADDRESS else (address,)
    return tuple(dict.fromkeys([*OWN_HOSTS, *own, *named]))


@contextmanager
def pages(instance: DagsterInstance, module: str, hosts: Sequence[str]) -> Iterator[ASGIApp]:
    """The pages of the definitions in a module; ``hosts`` as ``served_hosts`` gives them."""
    target = ModuleTarget(module, attribute=None, working_directory=None, location_name=None)
    with WorkspaceProcessContext(
        instance, target, version=__version__, code_server_log_level="WARNING"
    ) as context:
        yield OwnPagesWebserver(context, hosts).create_asgi_app()
