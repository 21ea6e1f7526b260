"""Bodies that come with HTTP 200 and are no list: logins, puzzles, envelopes that own up to a failure."""

import re
from urllib.parse import urlsplit

from crawlers.boards.errors import PageError
from crawlers.boards.reading import shown, text_of
from pipelines.captures import Json

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
    "errcode": {"0"},
    "retcode": {"0"},
    "statusCode": {"0", "200"},
    "success": {"1", "true"},
}


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


def soft_error(envelope: Json) -> PageError | None:
    """What an envelope owns up to, as an error; None when it claims success."""
    said = said_in(envelope)
    if said is None:
        return None
    return PageError(
        "soft_error",
        f"The host answered {said}, expected a list. Fetch less often, or look the code up.",
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
    # True says so; a number may be a code for "none".
    if (error := envelope.get("error")) is True or (isinstance(error, dict | str) and error):
        bad.append(f"error={shown(envelope['error'])}")
    if not bad:
        return None
    said = [
        f"{name}={shown(envelope[name])}"
        for name in ("msg", "message", "errmsg", "status_msg", "desc")
        if envelope.get(name)
    ]
    return ", ".join([*bad, *said])
