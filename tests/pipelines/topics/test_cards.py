"""A topic's card: told from its titles, the same whenever it is made again."""

from datetime import datetime, timedelta

import pytest

from pipelines.text.tokens import tokenise
from pipelines.topics.cards import Title, by_hour, card
from pipelines.topics.categories import Said, category_chances

NOON = datetime(2025, 5, 20, 4)  # noqa: DTZ001 - naive UTC, as in the warehouse
HOUR = timedelta(hours=1)


def title(text: str, item_id: int = 1, board: str = "", printed: str = "") -> Title:
    said = tuple(Said(word.token, word.part_of_speech, word.is_keyword) for word in tokenise(text))
    return Title(item_id, text, said, category_chances(text, said, printed, board))


def titles(*texts: str) -> list[Title]:
    return [title(text, number) for number, text in enumerate(texts, 1)]


RESCUE = (
    "太感人了！",
    "如何评价青禾外卖员跳河救人？",
    "青禾外卖员跳河救起落水儿童",
    "外卖员跳河救人 网友直呼英雄",
    "青禾外卖员跳河救人后离开，民警找到他时他正在送餐，他说换成谁都会这么做，当地打算给他颁奖，市民也纷纷点赞",
)


def test_the_label_is_what_most_titles_share_said_plainly() -> None:
    assert card(titles(*RESCUE)).label == "青禾外卖员跳河救起落水儿童"


def test_the_loudest_title_is_no_label_because_it_came_first() -> None:
    assert card(titles("震惊！", "博物馆周一不再闭馆", "青禾博物馆周一不再闭馆")).label != "震惊！"


def test_a_single_title_is_its_label_however_it_is_put() -> None:
    assert card(titles("为什么海豚会笑？")).label == "为什么海豚会笑？"


def test_a_title_without_words_has_a_card() -> None:
    told = card(titles("？？？"))
    assert (told.label, told.keywords, told.category) == ("？？？", (), None)


def test_of_two_that_are_as_good_the_one_seen_first_is_the_label() -> None:
    assert card(titles("海豚湾灯塔点亮", "点亮海豚湾灯塔")).label == "海豚湾灯塔点亮"


def test_keywords_are_shared_and_none_is_a_part_of_another() -> None:
    told = card(titles(*RESCUE))
    assert {"青禾", "外卖员", "跳河"} & set(told.keywords)
    assert "感人" not in told.keywords
    assert not [(a, b) for a in told.keywords for b in told.keywords if a != b and a in b]


def test_names_are_told_by_kind() -> None:
    told = card(titles("北京一中学生给李小明写信", "李小明在北京回信"))
    assert "李小明" in told.people
    assert "北京" in told.places


def stream() -> tuple[list[tuple[datetime, int, int]], list[Title]]:
    """Two stories over three hours that turn out to be one."""
    told = titles("青禾外卖员跳河", "外卖员救起儿童", "青禾外卖员跳河救起儿童", "海豚湾灯塔点亮")
    assignments = [
        (NOON, 1, 1),
        (NOON + timedelta(minutes=40), 2, 2),
        (NOON + HOUR, 3, 1),
        (NOON + HOUR, 4, 4),
        (NOON + 2 * HOUR, 2, 1),
    ]
    return assignments, told


def test_cards_follow_a_merger() -> None:
    made = {(at, topic): count for at, topic, count, _ in by_hour(*stream(), NOON)}
    assert made == {
        (NOON, 1): 1,
        (NOON, 2): 1,
        (NOON + HOUR, 1): 2,
        (NOON + HOUR, 4): 1,
        (NOON + 2 * HOUR, 1): 3,
    }


@pytest.mark.parametrize("hours", [1, 2, 3])
def test_the_rest_made_later_is_the_same(hours: int) -> None:
    assignments, told = stream()
    since = NOON + hours * HOUR
    whole = [one for one in by_hour(assignments, told, NOON) if one[0] >= since]
    assert list(by_hour(assignments, told, since)) == whole
