"""The board: pages of what is hot now, each story, desks, lists and words, on this machine. Reads alone.

It has no login: whoever reaches the port reads what is published and what desks were told. It answers
browsers that ask for this machine by its own name; FENGKOU_UI_HOSTS names further hosts, of a proxy that
checks who asks.
"""

from typing import Annotated

import typer

from fengkou.cli.terminal import out
from fengkou.home import Home


def board(
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen at.")] = 8700,
) -> None:
    """Serve the pages of what is published, of each copy as soon as it is there."""
    from fengkou.settings import settings
    from fengkou.web.server import listening_at, server_of

    home = Home.from_environment()
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    listening = listening_at(host, port)
    out.print(f"home {home.root}: {address} (Ctrl-C ends it)", soft_wrap=True)
    server_of(home, host, settings().ui_hosts).run([listening])
