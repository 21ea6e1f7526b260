"""The operator's keys in what hosts answer: some print back what they were sent, and answers are kept."""

import re
from collections.abc import Iterable

from scrapy.http import Response

from crawlers.http.key_spellings import GONE, spelled

SHORTEST = 8
"""Characters of a part of a key that is looked for: "Bearer" and "sid" open nothing."""

BETWEEN = re.compile(r"[\s;,=]+")


def without_keys(response: Response, keys: Iterable[str]) -> Response:
    """The response with none of these header values in its body or headers, whole or in part."""
    parts = {part for key in keys for part in (key, *BETWEEN.split(key)) if len(part) >= SHORTEST}
    found = spelled(parts)
    if found is None:
        return response
    headers = {
        name: [found.sub(GONE, value) for value in values]
        for name, values in response.headers.items()
    }
    return response.replace(body=found.sub(GONE, response.body), headers=headers)
