"""What can be wrong with a board's description, and with its page."""

from pipelines.landing_format import mended


class CatalogError(Exception):
    """A board that does not exist, or a board file that does not keep to the rules."""


class PageError(Exception):
    """A body that is not the list it should be.

    ``reason`` is one of: empty_body, wrong_encoding, login_wall, not_json, truncated_json, not_xml,
    not_html, soft_error, empty_list, wrong_shape.
    """

    def __init__(self, reason: str, detail: str) -> None:
        self.reason = reason
        self.detail = mended(detail)
        super().__init__(f"{reason}: {self.detail}")
