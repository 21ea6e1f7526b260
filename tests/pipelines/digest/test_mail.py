"""A mail is small and needs nothing that mail programs drop."""

from dataclasses import replace

from bs4 import BeautifulSoup

from pipelines.boards.standing import Verdict, list_standings
from pipelines.digest.render.mail import to_mail, to_text
from pipelines.language import Language
from tests.pipelines.digest.made_digests import BOTH, DIGEST, LINE, TOPIC, WALL, board

LARGEST = 100_000
"""Bytes: mail programs cut a longer message."""


@BOTH
def test_a_full_mail_is_shown_whole(language: Language) -> None:
    failing = (board(f"b{n}", f"热榜{n}", f"List {n}", Verdict.FAILED, **WALL) for n in range(63))
    full = replace(
        DIGEST,
        boards=list_standings(list(failing)),
        topics=tuple(replace(TOPIC, topic_id=n, title="长" * 80) for n in range(30)),
        lines=tuple(replace(LINE, topic_id=n, title="长" * 80) for n in range(50)),
    )
    mail = to_mail(full, language)
    assert len(BeautifulSoup(mail, "lxml").find_all("a")) == 80
    assert len(mail) <= LARGEST
    assert len(to_text(full, language)) <= LARGEST


@BOTH
def test_a_mail_is_styled_inline_alone(language: Language) -> None:
    mail = BeautifulSoup(to_mail(DIGEST, language), "lxml")
    assert not mail.find_all(["style", "svg", "script", "img", "link"])
    assert not mail.select("[class], [id]")
    styles = " ".join(str(tag["style"]) for tag in mail.select("[style]"))
    assert not any(word in styles for word in ("var(", "url(", "grid", "flex"))
