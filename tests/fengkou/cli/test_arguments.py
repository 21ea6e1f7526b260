"""Words of the command line that several commands take alike."""

import pytest
import typer

from fengkou.cli.arguments import named_boards


@pytest.mark.parametrize(
    ("boards", "more"),
    [
        (["a_hot", "b_hot"], None),
        (["a_hot,b_hot"], None),
        (["b_hot"], ["a_hot"]),
        (None, ["a_hot", "b_hot"]),
        (None, ["a_hot, b_hot"]),
        (["b_hot", "a_hot"], ["a_hot,"]),
    ],
)
def test_boards_are_named_apart_or_with_commas_and_with_the_option_or_without(
    boards: list[str] | None, more: list[str] | None
) -> None:
    assert sorted(named_boards(more, boards)) == ["a_hot", "b_hot"]


def test_who_names_none_gets_none_and_a_stray_comma_is_refused() -> None:
    assert named_boards(None, None) == []
    with pytest.raises(typer.BadParameter, match="names no board"):
        named_boards([","], None)
