"""From the bytes of a body to its text, and from a text to the JSON in it.

Pure; a body that is neither raises PageError with what it seems to be instead.
"""

import html
import json
import math
import re

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from crawlers.boards.errors import PageError
from crawlers.boards.reading import FOUND_LENGTH, shown
from pipelines.captures import Json


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
