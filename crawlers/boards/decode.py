"""From the bytes of a body to its text, and from a text to the JSON in it.

Pure; a body that is neither raises PageError with what it seems to be instead.
"""

import html
import json
import math
import re
from collections.abc import Iterator
from itertools import islice

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from crawlers.boards.errors import PageError
from crawlers.boards.reading import FOUND_LENGTH, shown
from pipelines.captures import Json

JSON_MARKS, JSON_MARKS_LIMIT = "{[:,", 1_500_000
"""Each is a value or more: so many take 250 MB. The longest list seen has 9,000."""
WHOLE_LENGTH = 39  # as many signs as a HUGEINT has, the longest of DuckDB; more are kept as text
PLACES_LOOKED_AT = 10  # a script uses one name twice
SHOWN_JSON_LENGTH = 1_000_000  # a <pre> of more is taken for no JSON: its entities are slow to read

CALL = re.compile(r"[\w$.]{1,200}\s{0,200}\(")
FENCE = re.compile(r"```\w{0,20}")
S_DATA = re.compile(r"<!--\s{0,20}s-data:")
GUARD = re.compile(r"\)\]\}'[,\s]{0,20}|(?:for|while)\s{0,20}\((?:;;|1)\);")


def decode(body: bytes, declared: str | None = None) -> str:
    """The text of a body: UTF-8 when it can be, else the declared encoding, else GB18030."""
    if not body.strip():
        raise PageError(
            "empty_body",
            "The body is empty. Expected a list. See whether the host refuses this user agent.",
        )
    encoding, mark = read_bom(body)
    if encoding and mark:
        return _strictly(body[len(mark) :], encoding) or body.decode("utf-8", errors="replace")
    text: str | None
    if (text := _strictly(body, "utf-8")) is not None:
        return text
    # w3lib takes gb18030 for GBK and GB2312: hosts that declare these send its characters too.
    for wide in (resolve_encoding(declared or ""), html_body_declared_encoding(body)):
        if wide and (text := _strictly(body, wide)) is not None:
            return text
    # Nothing declared fits. One broken sequence is damage; broken everywhere is another encoding.
    mended = body.decode("utf-8", errors="replace")
    broken = mended.count("\N{REPLACEMENT CHARACTER}")
    whole = len(mended) - len(mended.encode("ascii", errors="ignore")) - broken
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
    words = r"\s*".join(re.escape(word) for word in before.split()) or r"(?<!\s)"
    starts = [
        found.end()
        for found in islice(re.finditer(words + r"\s*(?=[{\[])", text), PLACES_LOOKED_AT)
    ]
    if not starts and text.lstrip()[:1] != "<":
        return text
    if not starts:
        raise PageError(
            "not_json",
            f"{board}: the page has no {before!r}; it begins {shown(text[:120])}. "
            f"Correct json_in in crawlers/spiders/{board}.py.",
        )
    check_count(text, JSON_MARKS, JSON_MARKS_LIMIT)
    decoder, left = json.JSONDecoder(parse_int=_whole, strict=False), len(text)
    for start in starts:  # a script may use one name twice
        try:
            _, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            left -= error.pos - start
        except (ValueError, RecursionError):
            left -= len(text) - start
        else:
            return text[start:end]
        if (
            left <= 0
        ):  # what was read in vain is as long as the page: it is not looked through again
            break
    return text[starts[0] :]


def check_count(text: str, marks: str, limit: int) -> None:
    """Refuse a text with more of these characters than can be read in bounded time and memory."""
    count = sum(map(text.count, marks))
    if count > limit:
        raise PageError(
            "body_too_large",
            f"The page has {count} of {' '.join(marks)}, expected {limit} at most. "
            "It is not the list. Open the address and look.",
        )


def load_json(text: str) -> Json:
    """The JSON value in a text, also inside a JSONP call, a fence, a <pre> or a comment."""
    check_count(text, JSON_MARKS, JSON_MARKS_LIMIT)
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
    value: Json = json.loads(
        text,
        parse_constant=lambda _: None,
        parse_float=_finite,
        parse_int=_whole,
        strict=False,
    )
    return value


def _whole(text: str) -> int | str:
    # Python refuses to read very long ones at all, and with them the list in which one stands.
    return int(text) if len(text) <= WHOLE_LENGTH else text


def _finite(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


def _unwrapped(text: str) -> Iterator[str]:
    """What may be the JSON in a text: of each way to wrap it the first that is met, in linear time."""
    if call := CALL.match(text):  # JSONP
        inner = text.removesuffix(";").rstrip()
        if inner.endswith(")"):
            yield inner[call.end() : -1]
    if (fence := FENCE.match(text)) and text.endswith("```"):
        yield text[fence.end() : -3]
    # The Baidu board page carries its own JSON.
    if (data := S_DATA.search(text)) and (end := text.find("-->", data.end())) >= 0:
        yield text[data.end() : end]
    if guard := GUARD.match(text):
        yield text[guard.end() :]
    # A browser shows bare JSON in one.
    start = text.find(">", text.find("<pre")) + 1 if "<pre" in text else 0
    if start and 0 <= (end := text.find("</pre>", start)) - start <= SHOWN_JSON_LENGTH:
        yield html.unescape(text[start:end])
    if text.startswith('"'):  # a member cut out of its object
        yield f"{{{text.rstrip(',')}}}"
    if text.startswith("{") and "\n" in text:  # a row on each line
        yield f"[{','.join(line for line in text.splitlines() if line.strip())}]"


def _not_json(text: str, error: Exception) -> PageError:
    start = shown(text[:FOUND_LENGTH])
    if isinstance(error, RecursionError):
        return PageError(
            "wrong_shape",
            f"Found JSON nested deeper than can be read, which begins {start}; expected a list of rows. "
            "It is not the list. Open the address and look.",
        )
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
