"""``fengkou``: the command line. Its commands are the files of ``fengkou/cli/commands``."""

import os
import platform
import sys
from typing import Annotated, Any

import typer
from rich.text import Text

from fengkou.cli.command_folder import CommandFolder, Verbose
from fengkou.cli.terminal import err, out
from fengkou.errors import mendable
from fengkou.logs import log_to
from fengkou.private_files import keep_private

app = typer.Typer(
    name="fengkou",
    cls=CommandFolder,
    help="Tells people who plan content what is about to be big. State lives under FENGKOU_HOME.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


TOLD_OF = ("duckdb", "scrapy", "dagster")
"""What is asked for first beside Fengkou's own version where something went wrong."""


def _tell_versions(is_asked: bool) -> None:
    if is_asked:
        # Installed packages say their version in a file: none is imported.
        from importlib.metadata import version  # noqa: PLC0415 - for who asks

        others = ", ".join(f"{name} {version(name)}" for name in TOLD_OF)
        out.print(
            f"fengkou {version('fengkou')} (python {platform.python_version()}, {others})",
            soft_wrap=True,
        )
        raise typer.Exit


@app.callback()
def _follow(
    verbose: Verbose = 0,
    versions: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_tell_versions, help="Tell versions and stop."
        ),
    ] = False,
) -> None:
    """Each command takes -v too; before the command's name it means the same."""


def _check_settings() -> None:
    """What the environment says and cannot be taken is told by every command, whether it wants it or not."""
    checked = {name for name, value in os.environ.items() if name.startswith("FENGKOU_") and value}
    if checked - {"FENGKOU_HOME", "FENGKOU_BOARDS"}:  # any text is a path
        # Its checks take a while to import: nobody waits for them who has said nothing.
        from fengkou.settings import settings  # noqa: PLC0415

        settings()


def main(command_line: Any = app) -> None:
    """Run the command line; what a user can mend is told in one line, without a traceback."""
    keep_private()
    log_to(err)
    try:
        _check_settings()
        command_line()
    except Exception as error:
        told = mendable(error)
        if told is None:
            raise
        err.print(Text.assemble(("fengkou: ", "red"), " ".join(told.splitlines())), soft_wrap=True)
        sys.exit(1)
