"""A mail is small and needs nothing that mail programs drop."""

from dataclasses import replace

from bs4 import BeautifulSoup

from pipelines.boards.standing import Verdict, list_standings
from pipelines.digest.contents import Later
from pipelines.digest.render.layout import LEGEND
from pipelines.digest.render.mail import to_mail, to_text
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.digest.made_digests import AT, BOTH, DIGEST, EMPTY, LINE, TOPIC, WALL, board

LARGEST = 100_000
"""Bytes: mail programs cut a longer message."""


@BOTH
def test_a_full_mail_is_shown_whole(language: Language) -> None:
    failing = (board(f"b{n}", f"热榜{n}", f"List {n}", Verdict.FAILED, **WALL) for n in range(63))
    stories = tuple(replace(LINE, topic_id=n, title="长" * 80) for n in range(8))
    full = replace(
        DIGEST,
        later=tuple(Later(code, AT, stories, stories) for code in ("evening", "morning")),
        boards=list_standings(list(failing)),
        topics=tuple(replace(TOPIC, topic_id=n, title="长" * 80) for n in range(30)),
        lines=tuple(replace(LINE, topic_id=n, title="长" * 80) for n in range(50)),
    )
    mail = to_mail(full, language)
    assert len(BeautifulSoup(mail, "lxml").find_all("a")) == 30 + 50 + 2 * (8 + 8)
    assert len(mail) <= LARGEST
    assert len(to_text(full, language)) <= LARGEST


@BOTH
def test_a_mail_is_styled_inline_alone(language: Language) -> None:
    mail = BeautifulSoup(to_mail(DIGEST, language), "lxml")
    assert not mail.find_all(["style", "svg", "script", "img", "link"])
    assert not mail.select("[class], [id]")
    styles = " ".join(str(tag["style"]) for tag in mail.select("[style]"))
    assert not any(word in styles for word in ("var(", "url(", "grid", "flex"))


@BOTH
def test_a_mail_and_its_text_tell_what_comes_and_how_to_read_them(language: Language) -> None:
    words = messages_in(language)
    ferry = (replace(LINE, title="渡口停航到明天"),)
    later = (Later("evening", AT, ferry, ()), Later("morning", AT, (), ()))
    digest = replace(DIGEST, later=later)
    shown = BeautifulSoup(to_mail(digest, language), "lxml").get_text("\n", strip=True)
    for text in (shown, to_text(digest, language).decode()):
        told = text[text.index(words.say("later.heading")) :]
        assert told.index(words.say("later.likely")) < told.index("渡口停航到明天")
        assert told.index("渡口停航到明天") < told.index(words.say("later.none"))
        assert words.say("later.possible") not in told
        assert all(words.say(f"legend.{line}") in told for line in LEGEND)
        assert words.say("section.rising.told") in text
        assert "↑22" in text


@BOTH
def test_an_hour_tells_nothing_of_later_and_a_mail_without_cards_has_no_legend(
    language: Language,
) -> None:
    words = messages_in(language)
    for written in (to_mail(EMPTY, language), to_text(EMPTY, language)):
        assert words.say("later.heading") not in written.decode()
        assert words.say("legend.heading") not in written.decode()
