"""The board as a web application: which address is which page, in which form, and what is refused."""

import asyncio
import contextlib
import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from fengkou.errors import mendable
from fengkou.home import Home
from fengkou.web.answers import ENDINGS
from fengkou.web.asked import address, language_of
from fengkou.web.board import PAGES, Board, Wanted
from fengkou.web.guarding import GuardingMiddleware
from fengkou.web.own_origin import own_pages_only
from fengkou.web.templates import STYLE, STYLE_PATH, TEMPLATES
from pipelines.language import Language
from pipelines.messages import messages_in

log = logging.getLogger(__name__)

FRONT = "/now"
"""What the first page is called with an ending."""

SAID = {"/search": ("q", "page")}
"""What a page is asked beside its address; the rest of a query is passed over."""

REFRESHED_SECONDS = 2.0
FOR_GOOD = "public, max-age=31536000, immutable"
GZIPPED_FROM = 1_000
"""Bytes: what is shorter fits into one packet anyway."""


def make_app(home: Home, hosts: Sequence[str]) -> Starlette:
    """The board of a home, for browsers that ask for one of ``hosts``."""
    board = Board(home)
    routes = [
        Route("/healthz", _health(board)),
        Route(STYLE_PATH, _style),
        Route(FRONT, _to_front),
    ]
    for page in PAGES:
        # What has an ending comes first: a name may hold a point.
        for ending in sorted(ENDINGS, reverse=True):
            path = (FRONT if page == "/" and ending else page) + ending
            routes.append(Route(path, _endpoint(board, page, ending)))

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        refreshing = asyncio.create_task(_refresh(board))
        try:
            yield
        finally:
            refreshing.cancel()
            await run_in_threadpool(board.close)

    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[
            *own_pages_only(hosts),
            Middleware(GuardingMiddleware),
            Middleware(GZipMiddleware, minimum_size=GZIPPED_FROM),
        ],
        exception_handlers={HTTPException: _refuse, Exception: _fail},
    )


async def _refresh(board: Board) -> None:
    """Have the first page ready soon after each swap of the copy."""
    while True:
        await asyncio.sleep(REFRESHED_SECONDS)
        try:
            await run_in_threadpool(board.refresh)
        except Exception as error:  # noqa: BLE001 - told to whoever asks for the page
            log.warning("the first page could not be made anew", extra={"found": error})


def _endpoint(board: Board, page: str, ending: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        language = language_of(request.query_params.get("language"))
        path = request.url.path.removesuffix(ending)
        names = tuple(sorted((name, str(said)) for name, said in request.path_params.items()))
        said = tuple(
            (name, request.query_params[name])
            for name in SAID.get(page, ())
            if name in request.query_params
        )
        wanted = Wanted(page, "/" if path == FRONT else path, ending, language, names, said)
        try:
            return _answer(request, board.written(wanted), ENDINGS[ending])
        except HTTPException:
            raise
        except Exception as error:
            # What an operator can mend is told; the rest is a fault of ours.
            if told := mendable(error):
                return _told(request, HTTPStatus.SERVICE_UNAVAILABLE, told)
            raise

    return endpoint


def _answer(request: Request, body: bytes, media_type: str) -> Response:
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def _style(_: Request) -> Response:
    return Response(STYLE, media_type="text/css", headers={"Cache-Control": FOR_GOOD})


def _to_front(_: Request) -> Response:
    return RedirectResponse("/", HTTPStatus.FOUND)


def _health(board: Board) -> Callable[[Request], Response]:
    """Whether a copy can be read, and how old it is: 200, or 503 with what is amiss."""

    def health(_: Request) -> Response:
        try:
            with board.copies.reading() as (copy, con):
                con.execute("SELECT 1")
        except Exception as error:
            told = mendable(error)
            if told is None:
                raise
            return JSONResponse({"is_well": False, "found": told}, HTTPStatus.SERVICE_UNAVAILABLE)
        minutes = (datetime.now(UTC) - copy.published_at).total_seconds() / 60
        return JSONResponse(
            {
                "is_well": True,
                "published_at": copy.published_at.isoformat(),
                "age_minutes": round(minutes, 1),
            }
        )

    return health


async def _refuse(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, HTTPException)  # noqa: S101 - it is registered for these alone
    if where := (refused.headers or {}).get("Location"):
        return RedirectResponse(where, refused.status_code)
    return _told(request, refused.status_code, refused.detail)


async def _fail(request: Request, _: Exception) -> Response:
    return _told(
        request, HTTPStatus.INTERNAL_SERVER_ERROR, "A fault of Fengkou's own: its log has more."
    )


def _told(request: Request, status: int, told: str) -> Response:
    """A refusal as a page, or as JSON where that was asked for."""
    if request.url.path.endswith(".json"):
        return JSONResponse({"status": status, "found": told}, status)
    said = request.query_params.get("language")
    language = Language(said) if said in set(Language) else Language.ZH
    page = TEMPLATES.get_template("refused.html.jinja").render(
        words=messages_in(language),
        home=address("/", language),
        style_path=STYLE_PATH,
        status=status,
        told=told,
    )
    return Response(page, status, media_type="text/html")
