"""What a printed line means: the identity of the thing that it points at, the same across captures."""

from functools import lru_cache
from hashlib import md5
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit, urlunsplit

from pipelines.place_holders import PLACE_HOLDERS
from pipelines.text.titles import NOT_WORD, comparable

URL_LENGTH_LIMIT = 2_048
"""What browsers and search engines all take; the longest address on a recorded page has 151 characters.
Unicode's normal form takes the square of a run of accents."""


TRACKING_PARAMETERS = frozenset(
    {
        "refer",
        "band_rank",
        "log_pb",
        "rank",
        "spm",
        "from",
        "share_token",
        "fr",
        "vd_source",
        "rsv_dl",
    }
)


ANCHORS = frozenset(("", "top", "comment", "comments", "content", "main", "reply", "replies"))
"""Fragments that name a place on a page; any other may tell pages apart."""


@lru_cache(maxsize=65_536)
def canonical_url(url: str) -> str | None:
    """The address without tracking, place on the page, case of host and trailing slash; None if not http(s).

    None, too, of more than URL_LENGTH_LIMIT characters, and where a place holder stands for the page.
    """
    if len(url) > URL_LENGTH_LIMIT:
        return None
    try:
        # Not html.unescape: it takes "&timestamp=" for "×tamp=".
        parts = urlsplit(url.strip().replace("&amp;", "&"))
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    path = parts.path.rstrip("/") or "/"
    if path.rpartition("/")[2].lower() in PLACE_HOLDERS - {"0", "-1"}:
        return None
    fragment = parts.fragment
    is_anchor = fragment.lower() in ANCHORS or fragment.startswith(":~:")
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key.lower() not in TRACKING_PARAMETERS and not key.lower().startswith("utm_")
    ]
    return urlunsplit(
        (
            "https",
            host + port,
            path,
            urlencode(sorted(kept), errors="replace"),
            "" if is_anchor else fragment,
        )
    )


def item_identity(native_id: str | None, url: str | None, folded_title: str) -> tuple[str, str]:
    """(how, identity) of what an entry points at: the source's own id, else address, else title.

    An address that carries the title is a search for it, and no more an identity than the title.
    """
    if native_id and native_id.strip().lower() not in PLACE_HOLDERS:
        return "native", native_id
    if url and (canonical := canonical_url(url)):
        words = NOT_WORD.sub("", folded_title)
        spoken = NOT_WORD.sub("", comparable(unquote_plus(unquote_plus(canonical))))
        if not words or words not in spoken:
            return "url", canonical
    return "title", folded_title


def stable_id(*parts: str) -> int:
    """A 63-bit id that is the same on every machine and in every run: the head of an MD5."""
    digest = md5("\x1f".join(parts).encode("utf-8", "ignore"), usedforsecurity=False).digest()
    return int.from_bytes(digest[:8], "big") >> 1
