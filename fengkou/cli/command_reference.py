"""The page of ``docs/reference`` on the command, from the program as it is installed."""

import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any

import typer


def installed() -> Any:
    """The program ``fengkou``: what the console script runs, with the commands that need Dagster."""
    (script,) = entry_points(group="console_scripts", name="fengkou")
    return typer.main.get_command(sys.modules[script.load().__module__].app)


def render_commands() -> str:
    """Each command of ``fengkou`` with its help, its arguments and its options."""
    group = installed()
    commands = list(_commands(group))
    lines = ["# The fengkou command", "", group.help, ""]
    lines += [
        "Every command takes `-v`, which tells on standard error what is done; `-vv` tells more.",
        "",
    ]
    lines += [
        f"- [`fengkou {name}`](#fengkou-{name.replace(' ', '-')}): {_first(command)}"
        for name, command in commands
    ]
    for name, command in commands:
        lines += ["", f"## fengkou {name}", "", command.help, "", *_usage(name, command)]
    return "\n".join(lines) + "\n"


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        yield f"{before}{name}", command
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")


def _first(command: Any) -> str:
    return str(command.help).split(". ")[0].split("\n\n")[0].rstrip(".") + "."


def _usage(name: str, command: Any) -> Iterator[str]:
    shown = [
        param
        for param in command.params
        if not getattr(param, "hidden", False) and param.name != "verbose"
    ]
    arguments = [param for param in shown if param.param_type_name == "argument"]
    options = [param for param in shown if param.param_type_name == "option"]
    words = ["fengkou", name, *(["[OPTIONS]"] if options else [])]
    for argument in arguments:
        word = argument.name.upper() + ("..." if argument.nargs == -1 else "")
        words.append(word if argument.required else f"[{word}]")
    yield "```console"
    yield f"$ {' '.join(words)}"
    yield "```"
    if shown:
        yield ""
        yield "| argument or option | meaning | default |"
        yield "| --- | --- | --- |"
    for argument in arguments:
        yield f"| `{argument.name.upper()}` | {argument.help or ''} | |"
    for option in options:
        value = "" if option.is_flag else " TEXT" + (" ..." if option.multiple else "")
        default = "" if option.is_flag or option.default is None else f"`{option.default}`"
        yield f"| `{', '.join(option.opts)}{value}` | {option.help or ''} | {default} |"
