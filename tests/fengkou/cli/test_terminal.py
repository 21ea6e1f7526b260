"""What strangers write is printed as it is, and no terminal obeys it."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table

from fengkou.cli import terminal
from fengkou.cli.terminal import UNPRINTABLE, PlainConsole, escaped

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe [/bold][red]x[/red] :smile:"


Printed = tuple[PlainConsole, io.StringIO]
"""A console, and what is written to it."""


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    written = io.StringIO()
    console = PlainConsole()
    monkeypatch.setattr(console, "_file", written)
    return console, written


def test_a_line_of_escapes_and_markup_is_printed_as_text(printed: Printed) -> None:
    console, written = printed
    console.print(HOSTILE, soft_wrap=True)
    assert not UNPRINTABLE.search(written.getvalue())
    assert "[/bold][red]x[/red] :smile:" in written.getvalue()


def test_so_is_what_stands_in_a_table(printed: Printed) -> None:
    console, written = printed
    table = Table(HOSTILE, title=HOSTILE)
    table.add_row(HOSTILE)
    console.print(table)
    assert not UNPRINTABLE.search(written.getvalue())
    assert "[/bold]" in written.getvalue()


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_json_holds_nothing_that_a_terminal_obeys_and_reads_back_as_it_was(text: str) -> None:
    written = escaped(json.dumps({"title": text}, ensure_ascii=False))
    assert not UNPRINTABLE.search(written)
    assert json.loads(written) == {"title": text}


def test_every_line_that_is_printed_goes_through_one_of_the_two_consoles() -> None:
    assert type(terminal.out) is type(terminal.err) is PlainConsole
