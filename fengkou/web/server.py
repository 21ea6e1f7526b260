"""Serving the board until it is told to end."""

from collections.abc import Sequence

import uvicorn

from fengkou.home import Home
from fengkou.web.app import make_app
from fengkou.web.own_origin import served_hosts

MOST_AT_ONCE = 64
"""Requests in hand; more are told to come again (503): each reads the one copy in turn."""


def server_of(home: Home, host: str, port: int, names: Sequence[str] = ()) -> uvicorn.Server:
    """The board of a home, to be run; ``names`` are further hosts that a browser may ask for."""
    config = uvicorn.Config(
        make_app(home, served_hosts(host, names)),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        ws="none",
        limit_concurrency=MOST_AT_ONCE,
    )
    return uvicorn.Server(config)
