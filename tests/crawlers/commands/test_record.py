"""A recorded page has the titles it had, and no cookie, token or person's name."""

import base64
import json
import random
import string
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import catalog
from crawlers.authoring import redact
from crawlers.authoring.fixtures import page_file
from crawlers.boards.names import built_in_names
from crawlers.child import PROJECT
from crawlers.commands.record import clean, save
from pipelines.captures import Outcome, Status
from tests.examples import examples

CASES = PROJECT / "tests" / "boards"
JSON_BOARD = catalog.board("weibo_side_hotsearch")
HTML_BOARD = catalog.board("douban_group_explore")

URLSAFE = string.ascii_letters + string.digits + "_-"


def mixed(text: str) -> bool:
    return all(
        any(c in kind for c in text) for kind in (string.ascii_lowercase, string.digits)
    ) and any(c in string.ascii_uppercase for c in text)


TOKENS = st.one_of(
    st.text("0123456789abcdef", min_size=32, max_size=64),
    st.text(URLSAFE, min_size=24, max_size=80).filter(mixed),
    st.text(string.ascii_letters + string.digits + "+/", min_size=40, max_size=90).filter(mixed),
    st.text(URLSAFE, min_size=10, max_size=30).map(lambda t: f"eyJ{t}.{t}.{t}"),
)
SECRETS = st.text(string.ascii_letters + string.digits + "._-", min_size=6, max_size=40).map(
    lambda text: f"Zq{text}9"
)
SECRET_NAMES = st.sampled_from(
    [
        *("token", "access_token", "csrfToken", "XSRF-TOKEN", "sessionid", "cookie", "SUB", "SUBP"),
        *("passport_secret", "password", "api_key", "apiKey", "sign", "BDUSS", "ticket", "sid"),
    ]
)
NAMES_OF_PEOPLE = st.sampled_from(["nickname", "user_name", "screen_name", "author", "userName"])
TITLES = st.lists(
    st.text(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
        | st.sampled_from("AIk12#·,:《》 "),
        min_size=1,
        max_size=20,
    )
    .map(str.strip)
    .filter(lambda text: bool(text.strip("# "))),
    min_size=1,
    max_size=6,
)


@examples(150)
@given(TITLES, TOKENS, SECRETS, SECRET_NAMES, NAMES_OF_PEOPLE)
def test_no_token_of_a_json_page_survives_and_every_title_does(
    titles: list[str], token: str, secret: str, name: str, person: str
) -> None:
    rows = [
        {
            "word": title,
            "num": 5,
            name: secret,
            person: "Kim Example",
            "user": {"name": "Kim Example", "id": 12345},
            "log": f"https://x.example/a?{name}={secret}&b=1",
            "mark": token,
            "inner": json.dumps({name: secret, "deep": {"note": token}}),
        }
        for title in titles
    ]
    document = {"ok": 1, "data": {"realtime": rows}, "headers": {"Set-Cookie": f"{name}={secret}"}}
    for ascii_only in (True, False):
        body = json.dumps(document, ensure_ascii=ascii_only).encode()
        cleaned = clean(JSON_BOARD, body)
        assert cleaned.has_same_titles
        text = cleaned.body.decode()
        assert token not in text
        assert secret not in text
        assert "Kim Example" not in text


@examples(150)
@given(TITLES, TOKENS, SECRETS, SECRET_NAMES)
def test_no_token_of_an_html_page_survives_and_every_title_does(
    titles: list[str], token: str, secret: str, name: str
) -> None:
    rows = "".join(
        "<div class='channel-item'><div class='block'>"
        f"<h3><a href='/t/1?{name}={secret}'>{title}</a></h3>"
        f"<a class='user-name' data-uid='77'>Kim Example</a><p data-x='{token}'>…</p></div></div>"
        for title in titles
    )
    page = (
        f"<html><head><meta name='csrf-token' content='{secret}'></head><body>"
        f"<form><input type=hidden name=ck value={secret}></form>"
        f"<div class='article'>{rows}</div>"
        f"<script>var {name.replace('-', '_')} = '{secret}'; cfg = {{{json.dumps(name)}: "
        f'"{secret}", "t": "{token}"}}</script></body></html>'
    )
    cleaned = clean(HTML_BOARD, page.encode())
    assert cleaned.has_same_titles
    text = cleaned.body.decode()
    assert token not in text
    assert secret not in text
    assert "Kim Example" not in text


@given(st.text(), TOKENS, st.text())
def test_a_token_survives_nowhere(before: str, token: str, after: str) -> None:
    assert token not in redact.tokens(f"{before} {token} {after}")


@given(st.text())
def test_any_text_can_be_cleaned_twice(text: str) -> None:
    once = redact.page(text)
    assert redact.page(once) == once


@pytest.mark.parametrize("name", built_in_names())
def test_every_recorded_page_keeps_its_titles(name: str) -> None:
    body = page_file(CASES / name).read_bytes()
    assert clean(catalog.board(name), body).has_same_titles


@pytest.mark.parametrize(
    "name", ["keyword", "title", "word", "monkey", "design", "mobileUrl", "id"]
)
def test_a_harmless_name_is_kept(name: str) -> None:
    text = json.dumps({name: "harmless"})
    assert redact.page(text) == text


def test_addresses_of_mail_and_telephones_go() -> None:
    said = redact.page("write kim@example.org or call 13800138000, order 1234567890123")
    assert said == "write redacted or call 10000000000, order 1234567890123"


@pytest.mark.slow
def test_a_large_picture_within_a_page_costs_no_time() -> None:
    picture = base64.b64encode(random.Random(1).randbytes(1_000_000)).decode()
    begun = time.monotonic()
    redact.page(f'<html><a class="user">Kim</a><img src="data:image/png;base64,{picture}">')
    redact.page("a" * 1_000_000)
    redact.page("<a " * 20_000)
    assert time.monotonic() - begun < 20


def test_a_page_that_is_no_list_is_cleaned_too(tmp_path: Path) -> None:
    outcome = Outcome(
        board=JSON_BOARD.name,
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        status=Status.FAILED,
        request_url="https://weibo.com/ajax/side/hotSearch?token=verysecret",
        reason="soft_error",
        detail="The host answered ok=0, msg='token=verysecret'",
    )
    body = b'{"ok": 0, "token": "verysecret", "msg": "no"}'
    page, about = save(JSON_BOARD, outcome, body, tmp_path / "report")
    assert json.loads(page.read_bytes()) == {"ok": 0, "token": "redacted", "msg": "no"}
    assert json.loads(about.read_bytes())["reason"] == "soft_error"
    assert "verysecret" not in page.read_text() + about.read_text()


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n\xff\xff", "标题".encode("gb18030")])
def test_what_is_no_text_is_cleaned_too(body: bytes) -> None:
    assert clean(JSON_BOARD, body).has_same_titles


@pytest.mark.slow
def test_the_command_writes_a_clean_page(tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    page.write_text('{"data": {"realtime": [{"word": "甲", "cookie": "verysecret"}]}}')
    command = [sys.executable, "-m", "scrapy", "record", JSON_BOARD.name]
    command += ["--page", str(page), "--folder", str(tmp_path / "report")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "report" / f"{JSON_BOARD.name}.json").read_text()
    assert "甲" in written
    assert "verysecret" not in written
    unknown = subprocess.run(
        [*command[:4], "no_board"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert unknown.returncode == 2
    assert "No board 'no_board'" in unknown.stdout + unknown.stderr
