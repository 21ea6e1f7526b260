"""A fetch that yields nothing is told in sentences that a person can read."""

import pytest
from scrapy.exceptions import CannotResolveHostError
from twisted.python.failure import Failure

from crawlers import catalog
from crawlers.http.capture import not_captured

BOARD = "weibo_side_hotsearch"


@pytest.mark.parametrize("said", ["no address for weibo.test.", "no address for weibo.test", "..."])
def test_what_a_library_says_ends_in_one_stop(said: str) -> None:
    failure = Failure(CannotResolveHostError(said))  # type: ignore[no-untyped-call]
    outcome = not_captured(catalog.board(BOARD), failure).outcome
    assert outcome.reason == "dns"
    assert ".." not in outcome.detail
    assert outcome.detail.startswith("CannotResolveHostError: no ")
