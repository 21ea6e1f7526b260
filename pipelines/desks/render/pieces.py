"""A message in parts that a chat takes: never over its bytes, never cut inside a sign or a link."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pipelines.desks.render.signs import in_runs, signs
from pipelines.desks.render.told_lines import Atom, Line, Link, Sheet, Words
from pipelines.digest.render.safe_text import ELLIPSIS
from pipelines.messages import Messages

WIDEST = "999/999"
"""Room for the number of a part, which is known only when all are cut."""

Measure = Callable[[Sheet], int]
"""Bytes of a sheet as a chat counts them."""


def pieces(sheet: Sheet, most: int, measure: Measure, words: Messages) -> tuple[Sheet, ...]:
    """The sheet in parts of at most ``most`` bytes each, numbered where there are several.

    Each bears the heading, so the decision stands in the first. A line that fits goes over whole; one that
    fits no part is cut between its words, a rule with its words and a link only where even a part of their
    own is too small: then a link is told by its text alone. Raises ValueError where the
    heading leaves no room below it: those of ``tell`` have less than 400 bytes.
    """
    if measure(sheet) <= most:
        return (sheet,)
    blank = replace(sheet, lines=(), signed=_numbered(sheet.signed, WIDEST, words))

    def fits(lines: Sequence[Line]) -> bool:
        return measure(replace(blank, lines=tuple(lines))) <= most

    if not fits([(Words(ELLIPSIS * 2),)]):
        raise ValueError(
            f"the heading alone has {measure(blank)} bytes, expected fewer than {most}"
        )
    parts: list[list[Line]] = [[]]
    for line in sheet.lines:
        if fits([*parts[-1], line]):
            parts[-1].append(line)
        elif fits([line]):
            parts.append([line])
        else:
            first, *rest = _cut(line, parts[-1], fits)
            parts[-1] += [first] if first else []
            parts += [[each] for each in rest]
    if len(parts) == 1:
        return (replace(sheet, lines=tuple(parts[0])),)
    return tuple(
        replace(
            sheet,
            lines=tuple(lines),
            signed=_numbered(sheet.signed, f"{number}/{len(parts)}", words),
        )
        for number, lines in enumerate(parts, 1)
    )


def _numbered(signed: str, number: str, words: Messages) -> str:
    return words.say("join.aside", text=signed, note=number)


def _cut(line: Line, before: Sequence[Line], fits: Callable[[Sequence[Line]], bool]) -> list[Line]:
    """A line in lines: the first fits below ``before`` (or is empty), each further one a part of its own."""
    lines: list[Line] = [()]

    def room(atoms: Line) -> bool:
        return fits([*(before if len(lines) == 1 else ()), atoms])

    for atom in line:
        if room((*lines[-1], atom)):
            lines[-1] = (*lines[-1], atom)
            continue
        for piece in _in_pieces(atom, fits):
            if not room((*lines[-1], piece)):
                lines.append((Words(ELLIPSIS),))
            lines[-1] = (*lines[-1], piece)
    return [_merged(each) for each in lines]


def _in_pieces(atom: Atom, fits: Callable[[Sequence[Line]], bool]) -> Iterable[Atom]:
    """What must stay together: the atom itself, its words, or the signs of a word that fits no part."""

    def alone(piece: Atom) -> bool:
        return fits([(Words(ELLIPSIS), piece)])

    if (isinstance(atom, Link) or atom.is_firm) and alone(atom):
        yield atom
        return
    style = Words("") if isinstance(atom, Link) else replace(atom, is_firm=False)
    for run in in_runs(atom.text):
        if alone(replace(style, text=run)):
            yield replace(style, text=run)
            continue
        for sign in signs(run):
            # A letter may bear any number of accents: one that fills a part is a stranger's joke.
            yield replace(style, text=sign if alone(replace(style, text=sign)) else ELLIPSIS)


def _merged(line: Line) -> Line:
    """The line with neighbours of one style as one."""
    merged: list[Atom] = []
    for atom in line:
        last = merged[-1] if merged else None
        if (
            isinstance(atom, Words)
            and isinstance(last, Words)
            and replace(last, text="") == replace(atom, text="")
        ):
            merged[-1] = replace(last, text=last.text + atom.text)
        else:
            merged.append(atom)
    return tuple(merged)
