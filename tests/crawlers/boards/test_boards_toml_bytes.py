"""Whatever bytes a boards.toml is written in, it is read or told in one line."""

from pathlib import Path

import pytest

from crawlers import catalog
from crawlers.boards import boards_toml
from crawlers.boards.errors import CatalogError
from tests.crawlers.boards.example_board import WHOLE


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (WHOLE.encode("gb18030"), "line 5: found the line 'title_zh = \"示例热榜\"' in GBK"),
        (WHOLE.encode("utf-16"), "found UTF-16"),
        (b"# \xff\xff\xff\n", "in no encoding that is known here"),
    ],
)
def test_a_file_in_another_encoding_is_told_in_one_line(
    file: Path, content: bytes, said: str
) -> None:
    file.write_bytes(content)
    with pytest.raises(CatalogError) as caught:
        catalog.names()
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{file}: ")
    assert "as UTF-8" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_is_no_part_of_the_file(file: Path) -> None:
    file.write_bytes(WHOLE.encode("utf-8-sig"))
    assert catalog.board("example_hot").title_zh == "示例热榜"


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with boards_toml.using(tmp_path), pytest.raises(CatalogError, match="found d"):
        catalog.names()


def test_a_link_that_leads_to_itself_is_told(tmp_path: Path) -> None:
    link = tmp_path / "boards.toml"
    link.symlink_to(link)
    with boards_toml.using(link), pytest.raises(CatalogError, match="expected a file"):
        catalog.names()
