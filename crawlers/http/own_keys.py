"""The operator's keys in what hosts answer: some print back what they were sent, and answers are kept."""

import json
import re
from collections.abc import Iterable
from urllib.parse import quote

from scrapy.http import Response

GONE = b"redacted"
SHORTEST = 8
"""Characters of a part of a key that is looked for: "Bearer" and "sid" open nothing."""

BETWEEN = re.compile(r"[\s;,=]+")


def without_keys(response: Response, keys: Iterable[str]) -> Response:
    """The response with none of these header values in its body or headers, whole or in part."""
    parts = {part for key in keys for part in (key, *BETWEEN.split(key)) if len(part) >= SHORTEST}
    spelled = {
        form.encode()
        for part in parts
        for form in (part, quote(part, safe=""), json.dumps(part)[1:-1])
    }
    if not spelled:
        return response
    # The longest first: a part would leave the rest of the whole behind.
    found = re.compile(b"|".join(map(re.escape, sorted(spelled, key=len, reverse=True))))
    headers = {
        name: [found.sub(GONE, value) for value in values]
        for name, values in response.headers.items()
    }
    return response.replace(body=found.sub(GONE, response.body), headers=headers)
