"""A host that prints back the operator's key gives it to nobody: it is gone before a page is read."""

import json
from urllib.parse import quote

import pytest
from scrapy.http import TextResponse

from crawlers.http.own_keys import without_keys

SECRET = 'kq7/the+operators"own=='
KEYS = (f"Bearer {SECRET}", f"sid={SECRET}; lang=zh")


@pytest.mark.parametrize(
    "spelled", [SECRET, quote(SECRET, safe=""), json.dumps(SECRET)[1:-1], *KEYS]
)
def test_a_key_is_gone_from_body_and_headers(spelled: str) -> None:
    response = TextResponse(
        "https://lists.example.org/hot",
        500,
        {
            "ETag": f'"{spelled}"',
            "Set-Cookie": ["a=1", f"k={spelled}"],
            "Content-Type": "text/plain",
        },
        f"渡口: your header was {spelled}, lang=zh".encode(),
    )
    answer = without_keys(response, KEYS)
    told = answer.text + str(answer.headers)
    assert "operators" not in told
    assert "渡口: your header was " in answer.text
    assert answer.text.endswith(", lang=zh")
    assert (answer.status, answer.url, len(answer.headers.getlist("Set-Cookie"))) == (
        *(500, response.url, 2),
    )


def test_the_answer_of_a_board_without_keys_is_as_it_came() -> None:
    response = TextResponse("https://lists.example.org/hot", body=b"Bearer")
    assert without_keys(response, ()) is response
    assert without_keys(response, ("Bearer",)) is response
