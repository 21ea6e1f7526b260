"""What is written of a desk is read as that desk."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings

from fengkou.desks.desk_file import read_desk, version_of
from fengkou.desks.desk_text import text_of
from fengkou.desks.written_words import Known
from pipelines.desks.desk import Desk
from tests.fengkou.desks.made_desks import BOARDS, desks


@given(desks())
@settings(deadline=None, max_examples=40)
def test_a_desk_comes_back_from_its_text(desk: Desk) -> None:
    text = text_of(desk)
    read = read_desk(text, Path("desk.yaml"), Known(BOARDS))
    assert read == replace(desk, version=version_of(text)), text
