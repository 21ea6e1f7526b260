"""Serving the board until it is told to end."""

import socket
from collections.abc import Sequence

import uvicorn

from fengkou.errors import FengkouError
from fengkou.home import Home
from fengkou.web.app import make_app
from fengkou.web.own_origin import served_hosts

MOST_AT_ONCE = 64
"""Requests in hand; more are told to come again (503): each reads the one copy in turn."""


class CannotListenError(FengkouError):
    """The address or the port cannot be had."""


def listening_at(host: str, port: int) -> socket.socket:
    """A socket that listens there, at any free port where that is 0. Raises CannotListenError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise CannotListenError(
            f"{host}, port {port}: nobody can listen there ({error}). Expected an address of this machine "
            "and a free port: name others, --host and --port, or stop what listens there."
        ) from error


def server_of(home: Home, host: str, names: Sequence[str] = ()) -> uvicorn.Server:
    """The board of a home, to be run on what listens at ``host``.

    ``names`` are further hosts that a browser may ask for.
    """
    config = uvicorn.Config(
        make_app(home, served_hosts(host, names)),
        log_level="warning",
        server_header=False,
        ws="none",
        limit_concurrency=MOST_AT_ONCE,
    )
    return uvicorn.Server(config)
