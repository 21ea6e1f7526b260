"""Pages are kept as long as there is room, those asked for last the longest."""

import pytest

from fengkou.web.kept_pages import KeptPages


@pytest.fixture
def kept() -> KeptPages:
    return KeptPages(most_bytes=10)


def test_a_page_is_kept_and_replaced(kept: KeptPages) -> None:
    kept.keep("a", b"one")
    kept.keep("a", b"two")
    assert kept.get("a") == b"two"
    assert kept.get("b") is None


def test_the_least_asked_for_goes_first(kept: KeptPages) -> None:
    for name in "abc":
        kept.keep(name, b"123")
    assert kept.get("a")
    kept.keep("d", b"123")
    assert kept.get("b") is None
    assert all(map(kept.get, "acd"))


def test_replacing_frees_the_room_of_what_was_there(kept: KeptPages) -> None:
    kept.keep("b", b"1")
    for _ in range(20):
        kept.keep("a", b"12345")
    assert kept.get("b") == b"1"


def test_what_is_larger_than_all_the_room_is_not_kept(kept: KeptPages) -> None:
    kept.keep("a", b"12345678901")
    assert kept.get("a") is None
