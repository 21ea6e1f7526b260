import pytest

from pipelines.text.identity import canonical_url, item_identity


@pytest.mark.parametrize("held", ["undefined", "null", "N/A", "NaN", "#", "-", "0", " None "])
def test_a_place_holder_is_no_id(held: str) -> None:
    assert item_identity(held, None, "河口渡轮恢复通航") == ("title", "河口渡轮恢复通航")


@pytest.mark.parametrize(
    "url",
    ["https://a.example/undefined", "https://a.example/list/null/", "javascript:void(0)", "#", "undefined"],
)  # fmt: skip
def test_a_place_holder_is_no_address(url: str) -> None:
    assert canonical_url(url) is None


def test_what_tells_pages_apart_is_kept_and_tracking_goes() -> None:
    pages = {
        canonical_url(url)
        for url in (
            "https://a.example/#/topic/1?utm_source=x",
            "https://a.example/#/topic/2",
            "https://a.example/#!id=3",
            "https://a.example/read?id=4&utm_medium=x",
            "https://a.example/read?id=5&spm=1.2",
        )
    }
    assert len(pages) == 5
    assert canonical_url("https://a.example/read?id=5&spm=1#comments") == canonical_url(
        "http://A.example/read/?id=5"
    )
