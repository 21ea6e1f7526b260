"""The templates of pages, mails and feeds; every value in them is escaped."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.text.scripts import has_han

FOLDER = Path(__file__).parent / "templates"

TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def firm(text: str) -> str:
    """Text whose lines never begin with the dot between two clauses."""
    return text.replace(" · ", "\u00a0· ")


TEMPLATES.filters["firm"] = firm
TEMPLATES.tests["chinese"] = has_han
# What is written into a page as JSON is escaped by ``tojson``; letters stay letters.
TEMPLATES.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
