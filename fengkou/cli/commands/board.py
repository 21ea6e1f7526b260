"""The board: pages of what is hot now, each story, desks, lists and words, on this machine. Reads alone."""

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
    from fengkou.web.server import server_of

    home = Home.from_environment()
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    out.print(f"home {home.root}: {address} (Ctrl-C ends it)", soft_wrap=True)
    server_of(home, host, port, settings().ui_hosts).run()
