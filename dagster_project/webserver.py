"""Dagster's web server, which asks nobody who they are, for callers for whom no stranger's page speaks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dagster import DagsterInstance
from dagster._core.workspace.context import (  # Dagster has no public way to serve its own pages
    WorkspaceProcessContext,
    WorkspaceRequestContext,
)
from dagster._core.workspace.load_target import ModuleTarget
from dagster_webserver.version import __version__
from dagster_webserver.webserver import DagsterWebserver
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from fengkou.web.own_origin import own_pages_only

LIVE_DATA_MILLISECONDS = 2000  # how often a page asks again, as dagster dev has it


class OwnPagesWebserver(DagsterWebserver[WorkspaceProcessContext, WorkspaceRequestContext]):
    """Dagster's pages and its GraphQL, for browsers on their own pages."""

    def __init__(self, context: WorkspaceProcessContext, hosts: Sequence[str]) -> None:
        self._hosts = hosts
        super().__init__(context, live_data_poll_rate=LIVE_DATA_MILLISECONDS)

    def build_middleware(self) -> list[Middleware]:
        return [*own_pages_only(self._hosts), *super().build_middleware()]

    async def graphql_http_endpoint(self, request: Request) -> Response:
        # A picture's address is asked for without an Origin: by GET, a stranger's page could launch a run.
        if request.method != "POST" and "text/html" not in request.headers.get("Accept", ""):
            return PlainTextResponse("A query comes by POST.", status_code=405)
        answer: Response = await super().graphql_http_endpoint(request)
        return answer


@contextmanager
def pages(instance: DagsterInstance, module: str, hosts: Sequence[str]) -> Iterator[ASGIApp]:
    """The pages of the definitions in a module; ``hosts`` as ``served_hosts`` gives them."""
    target = ModuleTarget(module, attribute=None, working_directory=None, location_name=None)
    with WorkspaceProcessContext(
        instance, target, version=__version__, code_server_log_level="WARNING"
    ) as context:
        yield OwnPagesWebserver(context, hosts).create_asgi_app()
