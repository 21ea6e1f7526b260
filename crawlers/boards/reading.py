"""Reading bytes: which text they are, what stands at a path, and what went wrong if nothing does.

Everything here is pure. Boards fail with HTTP 200, so the shape of a body is the only judge of it.
"""

import html
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TypeAlias
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from pipelines.captures import Json

Paths: TypeAlias = str | tuple[str, ...]
"""Where a value stands ("data.cards.0.word"), or several places: the first filled one counts."""

Condition: TypeAlias = Mapping[str, object]
"""What must all hold, by path. True: anything but empty, 0 or false. None: nothing there.
A tuple: any of these."""

FOUND_LENGTH = 160  # as much of a strange value as a person needs to recognise it

HALF = re.compile("[\ud800-\udfff]")  # JSON can print one: "\\ud83d"

ADDRESS_LENGTH = 2083  # no browser ever had to take a longer one

# Query parameters that say who followed a link, not where it leads.
TRACKING = frozenset(
    [
        "log_pb",
        "Refer",
        "band_rank",
        "from_source",
        "spm",
        "spm_id_from",
        "share_token",
        "share_source",
        "vd_source",
        "rsv_dl",
        "fbclid",
        "gclid",
    ]
)

# Sentences and addresses that only pages asking for a login or a puzzle have.
WALLS = re.compile(
    r"Sina Visitor System|安全验证|访问验证|验证码中间页|请(?:先)?登录后"
    r"|wappass\.baidu\.com|passport\.weibo\.c\w+/visitor"
    r"|/account/unhuman|sec\.douban\.com|weibo\.com/login\.php|(?:location|refresh)[^\n]{0,80}https?://(?:passport|login|accounts)\."
)
WALL_HOSTS = re.compile(r"^(?:passport|login|accounts|sec|wappass)\.", re.IGNORECASE)

# Envelope fields in which an API says how the call went, and what they hold when it went well.
FINE = {
    "ok": {"1", "true"},
    "code": {"0", "200", "1", "20000"},
    "status_code": {"0", "200"},
    "status": {"0", "1", "200", "success", "ok", "true"},
    "errno": {"0"},
    "no": {"0"},
    "error_code": {"0"},
    "success": {"1", "true"},
}


class PageError(Exception):
    """A body that is not the list it should be.

    ``reason`` is one of: empty_body, wrong_encoding, login_wall, not_json, truncated_json, not_xml,
    not_html, soft_error, empty_list, wrong_shape.
    """

    def __init__(self, reason: str, detail: str) -> None:
        self.reason = reason
        self.detail = mended(detail)
        super().__init__(f"{reason}: {self.detail}")


def decode(body: bytes, declared: str | None = None) -> str:
    """The text of a body: UTF-8 when it can be, else the declared encoding, else GB18030."""
    if not body.strip():
        raise PageError(
            "empty_body",
            "The body is empty. Expected a list. See whether the host refuses this user agent.",
        )
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if body.startswith(mark):
            return _strictly(body, name) or body.decode("utf-8", errors="replace")
    text: str | None
    if (text := _strictly(body, "utf-8")) is not None:
        return text
    meta = re.search(rb"""(?:charset|encoding)\s*=\s*["']?([\w-]+)""", body[:2048])
    said = meta.group(1).decode("ascii", errors="replace") if meta else None
    for encoding in (declared, said):
        # gb18030 holds all of GBK and GB2312; hosts that declare these send its characters too.
        wide = "gb18030" if (encoding or "").lower().startswith("gb") else encoding
        if wide and (text := _strictly(body, wide)) is not None:
            return text
    # Nothing declared fits. One broken sequence is damage; broken everywhere is another encoding.
    mended = body.decode("utf-8", errors="replace")
    broken = mended.count("\N{REPLACEMENT CHARACTER}")
    whole = sum(1 for character in mended if character > "\x7f") - broken
    if broken * 10 <= whole:
        return mended
    text = _strictly(body, "gb18030")
    if text is not None and re.search(r"[\u4e00-\u9fff]{2}", text):
        return text
    raise PageError(
        "wrong_encoding",
        f"{body[:24]!r}… is neither UTF-8 nor GB18030 (declared: {declared or 'nothing'}). "
        "Save it with `fengkou collect` and look whether it is compressed or an image.",
    )


def _strictly(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def json_within(text: str, where: str, board: str) -> str:
    """The JSON that begins after the words before "{json}" in ``where``; a bare JSON text as it is.

    It ends where JSON ends, not at the words after: those may stand in a title too.
    """
    if text.lstrip()[:1] in {"{", "[", '"'}:
        return text
    before = where.partition("{json}")[0]
    words = r"\s*".join(re.escape(word) for word in before.split())
    rests = [text[found.end() :] for found in re.finditer(words + r"\s*(?=[{\[])", text)]
    if not rests and text.lstrip()[:1] != "<":
        return text
    if not rests:
        raise PageError(
            "not_json",
            f"{board}: the page has no {before!r}; it begins {shown(text[:120])}. "
            f"Correct json_in in crawlers/spiders/{board}.py.",
        )
    for rest in rests:  # a script may use one name twice
        try:
            _, end = json.JSONDecoder(strict=False).raw_decode(rest)
        except (ValueError, RecursionError):
            continue
        return rest[:end]
    return rests[0]


def load_json(text: str) -> Json:
    """The JSON value in a text, also inside a JSONP call, a fence, a <pre> or a comment."""
    stripped = text.strip().removeprefix("\ufeff")
    try:
        value = _loads(stripped)
        return _loads(value) if isinstance(value, str) and value[:1] in "[{" else value
    except (ValueError, RecursionError) as error:
        for wrapped in _unwrapped(stripped):
            try:
                return _loads(wrapped)
            except (ValueError, RecursionError):
                continue
        raise _not_json(stripped, error) from error


def _loads(text: str) -> Json:
    # NaN and 1e999 are not JSON, though Python reads them; no landed file could hold them.
    value: Json = json.loads(text, parse_constant=lambda _: None, parse_float=_finite, strict=False)
    return value


def _finite(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


def _unwrapped(text: str) -> list[str]:
    patterns = (
        r"^[\w$.]+\s*\((.*)\)\s*;?\s*$",  # JSONP
        r"^```\w*\s*(.*?)\s*```$",
        r"<!--\s*s-data:(.*?)-->",  # the Baidu board page carries its own JSON
        r"^\)\]\}'[,\s]*(.*)$",
        r"^(?:for|while)\s*\((?:;;|1)\);\s*(.*)$",
    )
    found = [
        match.group(1) for pattern in patterns if (match := re.search(pattern, text, re.DOTALL))
    ]
    if pre := re.search(
        r"<pre[^>]*>(.*?)</pre>", text, re.DOTALL
    ):  # a browser shows bare JSON in one
        found.append(html.unescape(pre.group(1)))
    if text.startswith('"'):  # a member cut out of its object
        found.append(f"{{{text.rstrip(',')}}}")
    if text.startswith("{") and "\n" in text:  # a row on each line
        found.append(f"[{','.join(line for line in text.splitlines() if line.strip())}]")
    return found


def _not_json(text: str, error: Exception) -> PageError:
    start = shown(text[:FOUND_LENGTH])
    if text[:1] in "[{" and (
        not isinstance(error, json.JSONDecodeError)
        or error.pos >= len(text) - 1
        or "Unterminated" in error.msg
    ):
        return PageError(
            "truncated_json",
            f"JSON that ends too early: {error}; its end is {shown(text[-60:])}. "
            "Expected a whole document. The connection was probably cut: fetch again.",
        )
    return PageError(
        "not_json",
        f"Found {start}, expected JSON ({error}). Open the address and look.",
    )


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split(".")) if path else ()


def at(document: Json, paths: Paths) -> Json:
    """What stands at the first of these paths that is filled; None when none is."""
    for path in (paths,) if isinstance(paths, str) else paths:
        value = document
        for step in _steps(path):
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and step.isdigit():
                value = value[int(step)] if int(step) < len(value) else None
            else:
                value = None
        if value is not None and value != "":
            return value
    return None


def places(paths: Paths) -> list[str]:
    """The paths, then what is left of each when its envelope was cut off: "a.b.c", "b.c", "c"."""
    whole = [paths] if isinstance(paths, str) else list(paths)
    cut = [
        ".".join(path.split(".")[start:])
        for path in whole
        for start in range(1, path.count(".") + 1)
    ]
    return list(dict.fromkeys([*whole, *cut]))


def holds(value_at: Callable[[str], Json], condition: Condition) -> bool:
    """Whether a row fulfils every clause of a condition."""
    return all(_fulfils(value_at(path), wanted) for path, wanted in condition.items())


def _fulfils(value: Json, wanted: object) -> bool:
    if wanted is True:
        return bool(value) and str(value).strip().lower() not in {
            "",
            "0",
            "false",
            "no",
            "null",
            "none",
        }
    if wanted is None:
        return value is None or value == ""
    options = wanted if isinstance(wanted, tuple) else (wanted,)
    return (
        value is not None
        and not isinstance(value, bool)
        and str(value) in {str(option) for option in options}
    )


def text_of(value: Json) -> str | None:
    """A value as the text it was printed with; None when there is nothing to print."""
    if isinstance(value, dict):
        value = value.get("#text")  # a feed element that also has attributes
    if isinstance(value, list):
        parts = (
            [part for item in value if (part := text_of(item))]
            if not any(isinstance(v, list) for v in value)
            else []
        )
        return ",".join(parts) or None
    if value is None or isinstance(value, bool | dict):
        return None
    text = mended(value) if isinstance(value, str) else json.dumps(value)
    return text if text.strip() else None


def mended(text: str) -> str:
    """A text that UTF-8 can hold: half of a surrogate pair is no character, and becomes U+FFFD."""
    return text if text.isascii() else HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def mended_within(value: Json) -> Json:
    """A JSON value with all its texts mended, keys too."""
    if isinstance(value, dict):
        return {mended(name): mended_within(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [mended_within(inner) for inner in value]
    return mended(value) if isinstance(value, str) else value


def shown(value: object) -> str:
    """A strange value, short enough for a sentence."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return repr(text if len(text) <= FOUND_LENGTH else text[: FOUND_LENGTH - 1] + "…")


def printed_ranks(values: Sequence[Json]) -> list[int] | None:
    """The ranks a page prints, when they are numbers from 1 upwards in the order of the rows."""
    ranks: list[int] = []
    for value in values:
        text = text_of(value)
        if text is None or not re.fullmatch(r"[0-9]{1,6}", text.strip()):
            return None
        ranks.append(int(text))
    rising = all(before < after for before, after in zip([0, *ranks], ranks, strict=False))
    return ranks if rising else None


def address(url: str | None, homepage: str, *, keep_query: bool = True) -> str | None:
    """An http(s) address without its tracking parameters; None for anything else."""
    # Addresses arrive with HTML's &amp; in them even inside JSON (Tieba).
    text = html.unescape(url).strip() if url and "&amp;" in url else (url or "").strip()
    if not text or text.startswith("#") or len(text) > ADDRESS_LENGTH:
        return None
    try:
        parts = urlsplit(
            text if text.startswith(("https://", "http://")) else urljoin(homepage, text)
        )
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        query = ""
        if keep_query:
            pairs = [(pair.partition("=")[0], pair) for pair in parts.query.split("&")]
            query = "&".join(
                pair for name, pair in pairs if name not in TRACKING and not name.startswith("utm_")
            )
        return urlunsplit(
            (parts.scheme, parts.netloc, parts.path, query, parts.fragment if keep_query else "")
        )
    except ValueError:  # "http://[": urllib refuses half an IPv6 address
        return None


def filled(template: str, values: Mapping[str, str | None]) -> str | None:
    """A url_template with its words quoted; None when one of them is missing."""
    filled_in = template
    for name in re.findall(r"{(\w+)}", template):
        value = values.get(name)
        if not value or len(value) > ADDRESS_LENGTH:
            return None
        filled_in = filled_in.replace(f"{{{name}}}", quote(value, safe=""))
    return filled_in


def instant(value: Json) -> datetime | None:
    """A page's own time: seconds, milliseconds, ISO with an offset, or a mail date."""
    text = text_of(value)
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{10}|\d{13}", text):
            return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), tz=UTC)  # noqa: PLR2004 - digits of seconds
        found = (
            datetime.fromisoformat(text)
            if re.match(r"\d{4}-", text)
            else parsedate_to_datetime(text)
        )
    except (ValueError, OverflowError):
        return None
    return None if found.tzinfo is None else found.astimezone(UTC)


def wall_in(text: str, url: str = "") -> PageError | None:
    """The login or puzzle that a body or the address that answered shows, if it does."""
    host = (urlsplit(url).hostname or "") if url else ""
    marker = WALLS.search(text[:200_000])
    found = f"the page says {shown(marker.group())}" if marker else f"the answer came from {host}"
    if not marker and not WALL_HOSTS.match(host):
        return None
    return PageError(
        "login_wall",
        f"Instead of a list, {found}. Expected the list without a login. "
        "Fetch less often; if it stays, the board now needs a visitor step (visitor_url).",
    )


def said_in(envelope: Json) -> str | None:
    """What an envelope says went wrong, such as "ok=0, msg='…'"; None when it claims success."""
    if not isinstance(envelope, dict):
        return None
    bad = [
        f"{name}={envelope[name]}"
        for name, fine in FINE.items()
        if name in envelope and (text_of(envelope[name]) or str(envelope[name])).lower() not in fine
    ]
    if isinstance(envelope.get("error"), dict | str) and envelope["error"]:
        bad.append(f"error={shown(envelope['error'])}")
    if not bad:
        return None
    said = [
        f"{name}={shown(envelope[name])}"
        for name in ("msg", "message", "errmsg", "status_msg", "desc")
        if envelope.get(name)
    ]
    return ", ".join([*bad, *said])
