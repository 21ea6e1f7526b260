"""Taking cookies, tokens and people's names out of a page, so that it can be shown to others.

Every rule on what is secret is here. Titles, which a bug report needs, are kept by being named.
"""

import json
import re
from collections.abc import Collection

from pipelines.captures import Json

GONE = "redacted"

# Names of values that open something.
SECRET_NAME = re.compile(
    r"token|cookie|secret|passw|passphrase|session|credential|[cx]srf|authorization|signature"
    r"|(?:api|access|app|private|client)[-_]?key|ticket|jwt|bearer|fingerprint",
    re.IGNORECASE,
)
SECRET_NAMES = frozenset(
    ["sid", "sign", "sig", "auth", "pwd", "sub", "subp", "key", "code_verifier", "bduss", "stoken"]
)
# Names of values that tell who somebody is.
PERSON_NAME = re.compile(
    r"(?:nick|user|screen|real|login|author|account|anchor|member)[-_]?name|^(?:nick|username)$"
    r"|e-?mail|phone|open_?id|union_?id|device_?id|(?:user|member)_?id|avatar",
    re.IGNORECASE,
)
PERSON_NAMES = frozenset(["uid", "uin", "author", "user", "nickname", "mobile", "ip", "did"])
PERSONS = frozenset(
    ["author", "user", "owner", "creator", "uploader", "member", "profile", "account", "anchor"]
)

MASK_LENGTH = 24  # of a run of letters and digits; a title's words are shorter or of one case
TOKENS = (
    re.compile(r"\beyJ[\w-]{1,512}(?:\.[\w-]+)+"),  # a JSON web token
    re.compile(r"(?i)\bbearer\s+[\w.~+/=-]{8,}"),
    re.compile(r"[0-9a-fA-F]{32,}"),
    re.compile(r"[\w%~+=-]*", re.ASCII),  # mixed runs; see _is_mixed
    re.compile(r"[A-Za-z0-9+/]{40,}={0,2}"),
)
# A name is looked for where a word begins: a picture within the page is one word of a megabyte.
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
PHONE = re.compile(r"(?<![\w.])1[3-9]\d{9}(?![\w.])", re.ASCII)
# name: "value", 'name' = 'value', \"name\":\"value\" — JSON, scripts, and JSON within JSON.
PAIR = re.compile(
    r"""(?<![\w-])(?P<name>[\w-]+)(?P<between>(?P<slash>\\*)["']?\s*[:=]\s*\\*(?P<quote>["']))"""
    r"""(?P<value>(?:(?!\\{0,16}(?P=quote)).|\\\\.)*)""",
    re.ASCII,
)
NUMBER_PAIR = re.compile(
    r"""(?<![\w-])(?P<name>[\w-]+)(?P<between>\\*["']\s*:\s*)-?\d[\d.eE+-]*""", re.ASCII
)
QUERY = re.compile(
    r"""(?<![\w-])(?P<name>[\w-]+)(?P<between>=|%3[Dd])(?P<value>[^&\s"'<>;,\\#]+)""", re.ASCII
)
META = re.compile(r"<(?:meta|input)\b[^>]*", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\b(content|value)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
LEAF = re.compile(
    r"""(?P<open><(?P<tag>\w+)\b[^<>]*\b(?:class|id|rel|itemprop)\s*=\s*["'][^"'<>]{0,1000}"""
    r"""(?:author|user|nick|avatar)[^"'<>]{0,1000}["'][^<>]{0,1000}>)(?P<text>[^<]*)(?=<)""",
    re.IGNORECASE,
)


def is_secret_name(name: str) -> bool:
    """Whether a field, header or parameter of that name holds what opens something."""
    return name.lower() in SECRET_NAMES or bool(SECRET_NAME.search(name))


def is_private_name(name: str) -> bool:
    """Whether a field of that name holds a secret or says who somebody is."""
    return is_secret_name(name) or name.lower() in PERSON_NAMES or bool(PERSON_NAME.search(name))


def page(text: str, keep: Collection[str] = ()) -> str:
    """A page without secrets and names; texts in ``keep`` stay, but for tokens within them."""
    kept = frozenset(text.strip() for text in keep)
    text = _as_json(text, kept)
    text = META.sub(_hidden_value, text)
    text = LEAF.sub(lambda found: _leaf(found, kept), text)
    text = PAIR.sub(lambda found: _pair(found, kept), text)
    text = NUMBER_PAIR.sub(
        lambda found: (
            f"{found['name']}{found['between']}0" if is_private_name(found["name"]) else found[0]
        ),
        text,
    )
    text = QUERY.sub(
        lambda found: (
            f"{found['name']}{found['between']}{GONE}"
            if is_private_name(found["name"])
            else found[0]
        ),
        text,
    )
    return tokens(text)


def tokens(text: str) -> str:
    """A text without values that look like tokens, addresses of mail or telephone numbers."""
    text = MAIL.sub(GONE, text)
    # As many digits as before: a bare number in JSON stays a number.
    text = PHONE.sub("10000000000", text)
    for pattern in TOKENS:
        text = pattern.sub(lambda found: GONE if _is_token(found[0]) else found[0], text)
    return text


def _is_token(run: str) -> bool:
    if run.startswith("eyJ") or run[:6].lower() == "bearer":
        return True
    if re.fullmatch(r"[0-9a-fA-F]{32,}", run):
        return True
    return len(run) >= MASK_LENGTH and _is_mixed(run)


def _is_mixed(run: str) -> bool:
    return all(re.search(kind, run) for kind in ("[A-Z]", "[a-z]", "[0-9]"))


def _as_json(text: str, kept: frozenset[str]) -> str:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return json.dumps(_without(document, kept, person=False), ensure_ascii=False)


def _without(value: Json, kept: frozenset[str], *, person: bool) -> Json:
    """A JSON value without private members; within a person, names are private too."""
    if isinstance(value, list):
        return [_without(inner, kept, person=person) for inner in value]
    if not isinstance(value, dict):
        return value
    clean: dict[str, Json] = {}
    for name, member in value.items():
        private = is_private_name(name) or (person and name.lower() in {"name", "id", "url"})
        if isinstance(member, dict | list):
            within_person = person or name.lower() in PERSONS
            clean[name] = _without(member, kept, person=within_person)
            if is_secret_name(name) and isinstance(member, list):
                clean[name] = []
        elif private and not (isinstance(member, str) and member.strip() in kept):
            clean[name] = _masked(member)
        else:
            clean[name] = member
    return clean


def _masked(value: Json) -> Json:
    if isinstance(value, bool) or value is None:
        return value
    return GONE if isinstance(value, str) else 0


def _hidden_value(found: re.Match[str]) -> str:
    names = re.findall(r"""\b(?:name|id|property)\s*=\s*["']?([\w:.-]+)""", found[0])
    hidden = re.search(r"""type\s*=\s*["']?hidden""", found[0], re.IGNORECASE)
    if not hidden and not any(is_private_name(name) for name in names):
        return found[0]
    return ATTRIBUTE.sub(lambda attribute: f'{attribute[1]}="{GONE}"', found[0])


def _leaf(found: re.Match[str], kept: frozenset[str]) -> str:
    text = found["text"].strip()
    if not text or " ".join(text.split()) in kept:
        return found[0]
    return f"{found['open']}{GONE}"


def _pair(found: re.Match[str], kept: frozenset[str]) -> str:
    if not is_private_name(found["name"]) or found["value"].strip() in kept or not found["value"]:
        return found[0]
    return f"{found['name']}{found['between']}{GONE}"
