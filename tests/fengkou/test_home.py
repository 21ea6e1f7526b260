"""Words that cannot be read are as none: no build ends, or waits, for them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fengkou.home import Home


@pytest.mark.parametrize(
    "make",
    [
        Path.mkdir,
        os.mkfifo,
        lambda file: file.symlink_to(file),
        lambda file: file.symlink_to("/dev/zero"),
        lambda file: file.write_bytes(b"\xff\xfe\xfd"),
    ],
    ids=["a folder", "a pipe", "a link to itself", "a device", "no UTF-8"],
)
def test_words_that_cannot_be_read_are_as_none(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    make(tmp_path / "words.txt")
    assert Home(tmp_path).listed_words == ()


def test_a_sign_that_begins_comments_may_stand_in_a_word(tmp_path: Path) -> None:
    text = "# words\nC#\nF# # a language\n\t#x\n5·20 #\n"
    (tmp_path / "words.txt").write_text(text, encoding="utf-8")
    assert Home(tmp_path).listed_words == ("C#", "F#", "5·20")
