"""Commands as files: each is imported when it is asked for, so that the first word comes at once."""

import ast
import copy
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from fengkou.cli.terminal import escaped, follow

PACKAGE = "fengkou.cli.commands"
FOLDER = Path(__file__).with_name("commands")

Verbose = Annotated[
    int,
    typer.Option(
        "-v",
        "--verbose",
        count=True,
        expose_value=False,
        callback=follow,
        show_default=False,
        help="Tell on standard error what is done; -vv tells more.",
    ),
]


@contextmanager
def _harmless_usage_errors() -> Iterator[None]:
    """typer prints the words of a command line as they came: here with nothing that a terminal would obey."""
    try:
        yield
    except TyperException as error:
        if tell := getattr(error, "format_message", None):
            # On this error alone: its kind has the exit status and the line of usage.
            error.__dict__["format_message"] = lambda: escaped(tell())
        raise


class CommandFolder(TyperGroup):
    """A group whose commands are the files of ``fengkou/cli/commands``, and those added to it.

    A file is named like its command; its docstring is the command's help. It defines a function of its
    name, or, where the command has commands of its own, ``app``.
    """

    def make_context(self, *arguments: Any, **others: Any) -> Any:
        """The context of the program's own words."""
        with _harmless_usage_errors():
            return super().make_context(*arguments, **others)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named, whose words are read here too."""
        with _harmless_usage_errors():
            return super().invoke(ctx)

    @cached_property
    def files(self) -> dict[str, Path]:
        """Command name -> its file. ``import_.py`` is ``import``, a word of Python's."""
        return {
            path.stem.rstrip("_"): path
            for path in sorted(FOLDER.glob("*.py"))
            if path.stem != "__init__"
        }

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command's name, in order."""
        return sorted({*self.files, *self.commands})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, imported now; None where there is none."""
        if cmd_name not in self.commands and cmd_name in self.files:
            self.commands[cmd_name] = _load(cmd_name, self.files[cmd_name])
        found = self.commands.get(cmd_name)
        if found is not None and not any(param.name == "verbose" for param in found.params):
            found.params.append(_verbose_option())
        return found

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the index from the first lines of the files: nothing is imported for it."""
        index = copy.copy(self)
        index.commands = {name: _index_line(name, path) for name, path in self.files.items()}
        index.commands.update(self.commands)
        super(CommandFolder, index).format_help(ctx, formatter)


def _load(name: str, path: Path) -> Any:
    module = import_module(f"{PACKAGE}.{path.stem}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False)
        app.command(name, help=module.__doc__)(getattr(module, path.stem))
    app.info.help = module.__doc__
    command = get_command(app)
    command.name = name
    for each in getattr(command, "commands", {}).values():
        each.params.append(_verbose_option())
    return command


def _index_line(name: str, path: Path) -> TyperCommand:
    text = path.read_text(encoding="utf-8")
    return TyperCommand(name=name, help=ast.get_docstring(ast.parse(text)))


def _verbose_option() -> Any:
    """The option as typer makes it of an annotation: its own class has no other public way in."""

    def carrier(verbose: Verbose = 0) -> None: ...

    app = typer.Typer(add_completion=False)
    app.command()(carrier)
    return get_command(app).params[0]
