"""Keywords are words that a person would write: whole names and things."""

from pipelines.text.tokens import Cutter, tokenise
from pipelines.topics.categories import Said
from pipelines.topics.keywords import keywords, pieces_of, telling_words


def told(*titles: str, found: tuple[str, ...] = ()) -> tuple[str, ...]:
    cutter = Cutter()
    for word in found:
        cutter.learn(word, "n")
    cut = []
    for title in titles:
        said = [
            Said(word.token, word.part_of_speech, word.is_keyword, word.token in found)
            for word in cutter.tokenise(title)
        ]
        cut.append(pieces_of(title, said))
    return keywords(telling_words(cut))


def test_a_surname_left_alone_belongs_to_what_follows() -> None:
    assert "谭维维" in told("谭维维在海边合唱")
    assert "维维" not in told("谭维维在海边合唱")


def test_a_guess_of_the_cutter_is_no_keyword() -> None:
    guesses = {word.token for word in tokenise("男子从窗台楼跃下获救")}
    assert "楼跃下" in guesses
    assert "楼跃下" not in told("男子从窗台楼跃下获救")


def test_a_word_found_in_earlier_titles_is_one() -> None:
    assert "跃下湾" not in told("跃下湾今天起封闭")
    assert "跃下湾" in told("跃下湾今天起封闭", found=("跃下湾",))


def test_pieces_of_a_name_that_stand_together_in_all_titles_are_joined() -> None:
    shown = told("平野美宇夺冠", "恭喜平野美宇", "平野美宇：感谢球迷")
    assert "平野美宇" in shown
    assert not {"平野", "美宇"} & set(shown)


def test_words_that_stand_apart_elsewhere_stay_apart() -> None:
    assert {"货车", "司机"} <= set(told("货车司机获救", "救起司机的货车公司", "货车上的司机"))


def test_numbers_dates_and_phrases_say_nothing() -> None:
    assert told("2025年17岁的他怎么回事") == ()


def test_one_verb_is_enough() -> None:
    shown = told("医生提醒游客注意防晒")
    verbs = {word.token for word in tokenise("医生提醒游客注意防晒") if word.part_of_speech == "v"}
    assert len(verbs & set(shown)) <= 1
    assert {"医生", "游客"} <= set(shown)


def test_the_same_title_again_says_nothing_new() -> None:
    assert told("青禾外卖员获奖", "青禾外卖员获奖") == told("青禾外卖员获奖")
