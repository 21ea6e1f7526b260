"""A message as the HTML of a mail: one table with inline styles, for mail programs drop style sheets."""

import html

from pipelines.desks.render.markup import HTML
from pipelines.desks.render.told_lines import Line, Sheet, Words
from pipelines.language import Language
from pipelines.messages import messages_in

BODY = "max-width:640px;margin:0 auto;padding:12px;font:15px/1.6 sans-serif;color:#222"
HEADING, GROUP, USUAL, SIGNED = (
    "font-size:20px;font-weight:bold;padding-bottom:8px;border-bottom:1px solid #bbb",
    "font-weight:bold;padding-top:14px",
    "padding-top:4px",
    "padding-top:14px;font-size:13px;color:#555",
)


def to_html(sheet: Sheet, language: Language) -> str:
    """The sheet as a page of its own; nothing in it is fetched."""
    rows = [
        _row(HEADING, ((Words(sheet.heading)),)),
        *(_row(GROUP if _is_strong(line) else USUAL, line) for line in sheet.lines),
        _row(SIGNED, ((Words(sheet.signed)),)),
    ]
    tag = messages_in(language).say("language.tag")
    return (
        f'<!DOCTYPE html>\n<html lang="{tag}">\n<head><meta charset="utf-8">'
        f"<title>{html.escape(sheet.heading)}</title></head>\n"
        f'<body style="margin:0;background:#fff">\n'
        f'<table role="presentation" width="100%" style="{BODY}">\n'
        f"{''.join(rows)}</table>\n</body>\n</html>\n"
    )


def _row(style: str, line: Line) -> str:
    return f'<tr><td style="{style}">{HTML.write((line,))}</td></tr>\n'


def _is_strong(line: Line) -> bool:
    return all(isinstance(atom, Words) and atom.is_strong for atom in line)
