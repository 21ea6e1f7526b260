"""The templates of the board's pages, and its one style sheet; every value in them is escaped."""

from hashlib import sha256
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader

from pipelines.digest.render.template_files import FOLDER as OF_DIGESTS
from pipelines.digest.render.template_files import TEMPLATES as OF_PAGES

FOLDER = Path(__file__).parent

TEMPLATES = OF_PAGES.overlay(
    loader=ChoiceLoader([FileSystemLoader(FOLDER), FileSystemLoader(OF_DIGESTS)])
)

STYLE = b"".join(file.read_bytes() for file in (OF_DIGESTS / "digest.css", FOLDER / "board.css"))
STYLE_PATH = f"/style.{sha256(STYLE).hexdigest()[:12]}.css"
"""A browser keeps it for good: another one has another address."""
