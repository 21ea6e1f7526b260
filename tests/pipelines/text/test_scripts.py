"""A title in Latin letters is told from all others, and names alone are none."""

import pytest

from pipelines.text.scripts import has_han, is_latin, is_lettered, latin_title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Bridge opens at dawn", True),
        ("Le pont est déjà ouvert", True),
        ("Bridge beats Ferry 2-0", True),
        ("Bridge", False),
        ("Bridge Ferry", False),
        ("9.7 / 12:30", False),
        ("青川大桥 Bridge opens", False),
        ("Мост открыт сегодня", False),
        ("はし ひらく あさ", False),
        ("", False),
    ],
)
def test_words_in_latin_letters(title: str, expected: bool) -> None:
    assert is_latin(title) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("bridgeopensatdawn", True),
        ("мостоткрыт", True),
        ("gpt6codexreview测评", True),
        ("iphone17发布", False),
        ("青川大桥", False),
        ("9.7", False),
        ("", False),
    ],
)
def test_a_text_in_an_alphabet(title: str, expected: bool) -> None:
    assert is_lettered(title) is expected


def test_a_chinese_title_is_given_the_first_latin_one() -> None:
    others = ("青川大桥通车", "Bridge", "Bridge opens at dawn", "A bridge opens")
    assert latin_title("青川大桥今晨通车", others) == "Bridge opens at dawn"
    assert latin_title("青川大桥今晨通车", others[:2]) is None


def test_a_title_without_chinese_needs_no_other() -> None:
    assert latin_title("The new bridge", ("Bridge opens at dawn",)) is None
    assert not has_han("はし 2026")
    assert has_han("𠮷野")
