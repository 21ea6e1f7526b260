"""Keys in text that others wrote: a host that prints back what it was sent may spell it in several ways."""

import html
import json
import re
from collections.abc import Iterable
from urllib.parse import quote

GONE = b"redacted"


def spelled(keys: Iterable[str]) -> re.Pattern[bytes] | None:
    """What finds any of the keys: as they are, in an address, in JSON or in HTML; None where there are none.

    The longest is found first: a part would leave the rest of the whole behind.
    """
    forms = {
        form.encode()
        for key in keys
        if key
        for form in (key, quote(key, safe=""), json.dumps(key)[1:-1], html.escape(key))
    }
    if not forms:
        return None
    return re.compile(b"|".join(map(re.escape, sorted(forms, key=len, reverse=True))))
