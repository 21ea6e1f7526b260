"""The titles of the last days, for a desk's words to be read in, from what was known then."""

from collections import Counter
from datetime import timedelta

from fengkou import operations
from fengkou.home import Home
from pipelines.desks.lint import LintKind, check, read_titles
from pipelines.text.titles import comparable
from tests.pipelines.desks.made_desks import desk, rule
from tests.warehouse.captures import START
from warehouse.instants import to_naive
from warehouse.readers.desk_titles import titles_of_days, words_of

END = START + timedelta(hours=12)


def test_titles_come_once_in_their_order_and_none_before_it_was_known(built: Home) -> None:
    with operations.opened(built) as con:
        found = titles_of_days(con, to_naive(END), 1)
        noon = START + timedelta(hours=6)
        known = titles_of_days(con, to_naive(noon), 1)
        later = titles_of_days(con, to_naive(END + timedelta(days=1)), 1)
    assert len({title.title_id for title in found}) == len(found) > len(known) > 0
    assert [title.first_seen_at for title in found] == sorted(
        title.first_seen_at for title in found
    )
    assert known == [title for title in found if title.first_seen_at <= noon]
    assert later == []


def test_their_words_stand_in_them_in_order(built: Home) -> None:
    with operations.opened(built) as con:
        titles = titles_of_days(con, to_naive(END), 1)
        words = words_of(con, [title.title_id for title in titles])
    assert words.keys() == {title.title_id for title in titles}
    plain = [title for title in titles if title.title.isalnum()]
    assert plain
    for title in plain:
        assert "".join(words[title.title_id]) == comparable(title.title)


def test_a_word_that_swallows_a_part_of_it_is_found_in_the_warehouse(built: Home) -> None:
    with operations.opened(built) as con:
        titles = titles_of_days(con, to_naive(END), 1)
        words = words_of(con, [title.title_id for title in titles])
        counts = Counter(word for cut in words.values() for word in set(cut) if len(word) > 1)
        longer = max(counts, key=lambda word: (counts[word], word))
        lints = check(read_titles(desk(rule(any=[longer[:-1]])), titles), words)
    assert longer in {lint.by for lint in lints if lint.kind is LintKind.SWALLOWED}
