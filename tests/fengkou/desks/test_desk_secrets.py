"""No fault of a desk's file tells a key, and no text takes a reader's memory or time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengkou.desks.yaml_text import read_yaml
from tests.fengkou.desks.faulty_texts import SECRET, beside, faults, in_rule


@pytest.mark.parametrize(
    "words",
    [
        "{room: {kind: wecom, secret: 'https://chat.example/?key=SECRET'}}",
        "{room: {kind: wecom, secret: ROOM, sign: SECRET}}",
        "{room: {kind: SECRET, secret: ROOM}}",
        "{room: {kind: wecom, secret: {key: SECRET}}}",
        "{room: {kind: wecom, secret: [SECRET]}}",
        "{room: {kind: wecom, url: 'https://chat.example/SECRET'}}",
        "{room: {kind: wecom, mention: [SECRET]}}",
        "{room: https://chat.example/SECRET}",
        "{https://chat.example/SECRET: {kind: wecom}}",
        "https://chat.example/SECRET",
        "[SECRET]",
        "{room: {kind: wecom, secret: *SECRET}}",
        "{room: {kind: wecom, secret: !SECRET }}",
        "{room: {kind: wecom, secret: &SECRET }}",
        "{room: {kind: wecom, secret: 'SECRET}}",
        "{room: {kind: wecom, secret: @SECRET}}",
        "{room: {kind: wecom, secret：SECRET}}",
        "{room: {kind: wecom, secret: SECRET: SECRET}}",
    ],
)
def test_no_fault_tells_a_secret(words: str) -> None:
    found = "\n".join(faults(beside(f"channels: {words.replace('SECRET', SECRET)}")))
    assert found
    assert SECRET not in found
    assert "chat.example" not in found


def test_an_address_is_told_nowhere() -> None:
    address = f"https://chat.example/{SECRET}"
    text = in_rule(f"any: [a]\n    send: {{channels: ['{address}'], as: '{address}'}}")
    assert SECRET not in "\n".join(faults(text + f"title: {{x: '{address}'}}\ntz: '{address}'\n"))


@given(st.text(" -:[]{}#&*!|>'\"%@`,?\n\tab0é芯\0\ufeff\u2028", max_size=60))
@settings(deadline=None)
def test_no_text_is_more_than_a_reader_can_bear(text: str) -> None:
    read_yaml(text)
    assert faults(text)


def test_keys_that_stand_twice_take_no_longer() -> None:
    text = "\n".join(f"a{number % 1_000}: {{b: c}}" for number in range(2_000))
    assert len(read_yaml(text).flaws) == 1_000


def test_aliases_make_nothing_large() -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    written = read_yaml("a0: &a0 [x]\n" + "\n".join(levels))
    assert len(written.places) < 9 * 40 + 2 * 40 + 2
