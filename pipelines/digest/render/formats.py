"""A digest in every format that is published; pure: a digest and a language in, bytes out."""

from enum import StrEnum

from pipelines.digest.contents import Digest
from pipelines.digest.render.atom import to_atom
from pipelines.digest.render.csv import to_csv
from pipelines.digest.render.html import to_html
from pipelines.digest.render.json import to_json
from pipelines.digest.render.mail import to_mail, to_text
from pipelines.digest.render.markdown import to_markdown
from pipelines.language import Language


class Format(StrEnum):
    """A published format; its value is the file's extension."""

    HTML = "html"
    MARKDOWN = "md"
    JSON = "json"
    CSV = "csv"
    ATOM = "atom"
    MAIL = "mail.html"
    TEXT = "txt"


def render(digest: Digest, language: Language = Language.ZH) -> dict[Format, bytes]:
    """The digest as the bytes of one file per format."""
    return {
        Format.HTML: to_html(digest, language).encode(),
        Format.MARKDOWN: to_markdown(digest, language).encode(),
        Format.JSON: to_json(digest, language).encode(),
        Format.CSV: to_csv(digest, language),
        Format.ATOM: to_atom(digest, language),
        Format.MAIL: to_mail(digest, language),
        Format.TEXT: to_text(digest, language),
    }
