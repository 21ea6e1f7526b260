"""Desks at random, for what has to hold of any."""

from datetime import time
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from fengkou.desks.term_problems import problem_of
from pipelines.desks.desk import (
    Budget,
    ChannelSettings,
    Desk,
    DigestTime,
    Near,
    Pattern,
    QuietHours,
    Rule,
    Send,
    Term,
    Urgency,
    When,
    Where,
    Window,
    Word,
)
from pipelines.forecast.stages import Stage
from pipelines.language import Language
from pipelines.topics.categories import CATEGORIES

BOARDS = ("weibo_hot_band", "zhihu_hot_list_web", "baidu_realtime", "example_hot")

names = st.text("abc_-9芯组", min_size=1, max_size=8)
# Signs that YAML gives a meaning to, and words that it takes for something else.
words = st.one_of(
    st.sampled_from(
        ["no", "true", "012", "618", "3.15", "09:00", "=AMD", "mac*", "*mac", "!x", "# a", "a: b"]
    ),
    st.text("芯片 aZ09'\"\\#:*&!|>%@`{}[],?-=~é台", min_size=1, max_size=12).filter(str.strip),
).filter(lambda text: problem_of(Word(text)) is None)
terms: st.SearchStrategy[Term] = st.one_of(
    words.map(Word),
    st.builds(
        Near,
        st.lists(words.map(Word), min_size=2, max_size=4, unique=True).map(tuple),
        st.integers(30, 99),
    ),
    st.sampled_from(["国产.{0,4}(GPU|显卡)", "'a'#", '\\d+"', "^x: y$"]).map(Pattern),
).filter(lambda term: problem_of(term) is None)
lists_of_terms = st.lists(terms, max_size=4).map(tuple)
times = st.times().map(lambda found: time(found.hour, found.minute))
counts = st.none() | st.integers(1, 99)


@st.composite
def wheres(draw: st.DrawFn) -> Where:
    """Boards that are wanted, others that are not."""
    wanted = draw(st.frozensets(st.sampled_from(BOARDS)))
    unwanted = draw(st.frozensets(st.sampled_from(BOARDS)))
    return Where(wanted, unwanted - wanted, draw(st.frozensets(st.sampled_from(CATEGORIES))))


whens = st.builds(
    When,
    st.none() | st.integers(1, 99).map(lambda hundredths: hundredths / 100),
    counts,
    counts,
    st.frozensets(st.sampled_from(Stage)),
    st.booleans(),
).filter(lambda when: bool(when.chance or when.boards or when.rank or when.stages))


@st.composite
def rules(draw: st.DrawFn, name: str, channels: tuple[str, ...]) -> Rule:
    """A rule that goes to some of the channels."""
    any_of = draw(lists_of_terms.filter(bool))
    plain = [term.written for term in any_of if isinstance(term, Word)]
    urgency = draw(st.sampled_from(Urgency))
    aliases = (
        draw(st.dictionaries(st.sampled_from(plain), st.lists(words, min_size=1).map(tuple)))
        if plain
        else {}
    )
    return Rule(
        name,
        any_of,
        draw(lists_of_terms),
        draw(lists_of_terms),
        aliases,
        draw(wheres()),
        draw(whens),
        Send(
            urgency,
            draw(counts),
            urgency is Urgency.BREAKING and draw(st.booleans()),
            tuple(name for name in channels if draw(st.booleans())),
        ),
    )


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    """A desk that a file can describe."""
    channels = tuple(draw(st.lists(names, unique=True, max_size=3)))
    spans = st.tuples(times, times).filter(lambda span: span[0] != span[1])
    digest_times = st.builds(
        DigestTime, times, st.none() | st.builds(Window, times, times), st.just(channels[:1])
    )
    return Desk(
        name=draw(st.text("ab9", min_size=1, max_size=8)),
        title=draw(words.filter(lambda text: len(text) < 60)),
        zone=ZoneInfo(draw(st.sampled_from(["Asia/Shanghai", "UTC", "America/New_York"]))),
        language=draw(st.sampled_from(Language)),
        rules=tuple(
            draw(rules(name, channels))
            for name in draw(st.lists(names, unique=True, min_size=1, max_size=3))
        ),
        version="",
        where=draw(wheres()),
        none_of=draw(lists_of_terms),
        quiet=tuple(QuietHours(*span) for span in draw(st.lists(spans, max_size=2))),
        budget=Budget(draw(counts), draw(counts)),
        digests=tuple(draw(st.lists(digest_times, unique=True, max_size=2))),
        channels=tuple(
            ChannelSettings(
                name,
                "wecom",
                draw(st.sampled_from(["", "ROOM_HOOK"])),
                draw(st.sampled_from([None, "ROOM_SIGN"])),
                draw(st.dictionaries(st.sampled_from(["mention", "keyword"]), words)),
            )
            for name in channels
        ),
    )
