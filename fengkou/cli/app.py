"""``fengkou``: the command line. Its commands are the files of ``fengkou/cli/commands``."""

import sys
from typing import Any

import typer
from rich.text import Text

from fengkou.cli.command_folder import CommandFolder, Verbose
from fengkou.cli.terminal import err
from fengkou.errors import mendable
from fengkou.private_files import keep_private

app = typer.Typer(
    name="fengkou",
    cls=CommandFolder,
    help="Tells people who plan content what is about to be big. State lives under FENGKOU_HOME.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _follow(verbose: Verbose = 0) -> None:
    """Each command takes -v too; before the command's name it means the same."""


def main(command_line: Any = app) -> None:
    """Run the command line; what a user can mend is told in one line, without a traceback."""
    keep_private()
    try:
        command_line()
    except Exception as error:
        told = mendable(error)
        if told is None:
            raise
        err.print(Text.assemble(("fengkou: ", "red"), " ".join(told.splitlines())), soft_wrap=True)
        sys.exit(1)
