"""What the command line shows of topics: a card, and why two items are one topic or two."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.table import Table
from rich.text import Text

from pipelines.clock import SHANGHAI
from pipelines.digest.render.safe_text import plain
from pipelines.digest.render.wording import WORDING
from pipelines.language import Language
from pipelines.topics.grouping import SAME_STORY
from pipelines.topics.term_weights import SharedTerm
from warehouse.readers.topic import TopicHistory
from warehouse.readers.topic_evidence import Told, Why

Shown = str | Text | Table

WORDS = {
    Language.ZH: {
        "id": "话题",
        "names": {"people": "人物", "places": "地点", "bodies": "机构", "other_names": "其他名称"},
        "category": "分类",
        "keywords": "关键词",
        "none": "无",
        "seen": "{first} 至 {last}（北京时间），{boards} 个榜，{items} 条",
        "boards": ("榜单", "首次出现", "最后出现", "最高位次", "次数"),
        "titles": ("标题", "来源", "加入时间", "把握"),
        "timeline": ("时间", "在榜", "最高位次", "新条目"),
        "merged": ("并入的话题", "并入时间", "把握"),
        "one": "是同一个话题",
        "two": "不是同一个话题",
        "founded": "{at} 首次出现，开了话题 {topic}",
        "joined": "{at} 首次出现，加入话题 {topic}，把握 {chance:.0%}",
        "merge": "{at} 话题 {before} 并入 {topic}，把握 {chance:.0%}",
        "as_of": "按 {at} 那个钟点开始时已知的情况比较；相隔 {hours:.1f} 小时，来源{source}",
        "same": "相同",
        "differ": "不同",
        "too_old": "前一条在此前 36 小时里不在任何榜上，后来的标题不会因它加入话题",
        "shared": ("共有的词", "少见程度", "此刻多忙"),
        "signs": "共有的字：",
        "figures": ("依据", "数值", "对数几率"),
        "lone": "各自独有的名称：{one} / {other}",
        "counts": "各自的数字：{one} / {other}",
        "sum": "合计 {log_odds:+.2f}，单看这两条是同一件事的把握 {chance:.0%}"
        "（话题里最像的几条平均达到 {bar:.0%} 才加入）",
        "likest": ("后一条出现时最像它的标题", "把握"),
        "of": {
            "intercept": "起点",
            "words": "共有的词占比",
            "busy_words": "共有而此刻正忙的词",
            "characters": "共有的字占比",
            "busy_characters": "共有而此刻正忙的字",
            "log_hours": "相隔的时间",
            "same_source": "同一来源",
            "one_plain_word": "只有一个共同的词，且不是名字",
            "lone_names": "独有的名称",
            "counts_differ": "数字不同",
            "frame": "同样的框，不同的内容",
            "two_matches": "两场不同的比赛",
            "in_a_row": "一个系列中的不同期次",
            "are_opposite": "说法相反",
        },
    },
    Language.EN: {
        "id": "topic",
        "names": {
            "people": "people",
            "places": "places",
            "bodies": "bodies",
            "other_names": "other names",
        },
        "category": "category",
        "keywords": "keywords",
        "none": "none",
        "seen": "{first} to {last} (Beijing time), {boards} boards, {items} items",
        "boards": ("board", "first seen", "last seen", "best rank", "lines"),
        "titles": ("title", "source", "joined", "chance"),
        "timeline": ("hour", "boards", "best rank", "new items"),
        "merged": ("merged into it", "when", "chance"),
        "one": "one topic",
        "two": "two topics",
        "founded": "{at} first seen, founded topic {topic}",
        "joined": "{at} first seen, joined topic {topic}, chance {chance:.0%}",
        "merge": "{at} topic {before} was merged into {topic}, chance {chance:.0%}",
        "as_of": "Compared as of the hour that began at {at}; {hours:.1f} hours apart, {source} source",
        "same": "the same",
        "differ": "another",
        "too_old": "The earlier one was on no board in the 36 hours before: it takes in no new title.",
        "shared": ("shared word", "rarity", "busy now"),
        "signs": "Shared characters: ",
        "figures": ("figure", "value", "log-odds"),
        "lone": "Names that only one has: {one} / {other}",
        "counts": "Counts: {one} / {other}",
        "sum": "Sum {log_odds:+.2f}: chance {chance:.0%} that these two tell one story "
        "(a topic's likest titles must reach {bar:.0%} on the mean)",
        "likest": ("likest titles when the later was seen", "chance"),
        "of": {
            "intercept": "where it starts",
            "words": "share of words in common",
            "busy_words": "common words that are busy now",
            "characters": "share of characters in common",
            "busy_characters": "common characters that are busy now",
            "log_hours": "time between",
            "same_source": "same source",
            "one_plain_word": "one common word that names nothing",
            "lone_names": "lone names",
            "counts_differ": "counts that differ",
            "frame": "one frame, other filling",
            "two_matches": "two matches of one side",
            "in_a_row": "different issues of a row",
            "are_opposite": "opposites",
        },
    },
}


def _clock(at: datetime) -> str:
    return at.replace(tzinfo=UTC).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def _table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    table = Table()
    for heading in headings:
        table.add_column(heading)
    for row in rows:
        # Text, not markup: a title may hold what Rich would read as its own.
        table.add_row(*(Text("" if one is None else plain(str(one))) for one in row))
    return table


def card_lines(history: TopicHistory, language: Language) -> Iterator[Shown]:
    """A topic's card and all that is known of it."""
    words: Mapping[str, Any] = WORDS[language]
    names = WORDING[language]
    card = history.card
    yield Text(plain(card.label), style="bold")
    yield f"{words['id']} {card.topic_id}"
    yield words["seen"].format(
        first=_clock(card.first_seen_at),
        last=_clock(card.last_seen_at),
        boards=card.board_count,
        items=card.item_count,
    )
    category = names.categories[card.category] if card.category else words["none"]
    lines = {"category": category, "keywords": names.names.join(card.keywords)}
    for what, text in lines.items():
        yield Text(f"{words[what]}{names.colon}{plain(text)}")
    for kind, heading in words["names"].items():
        if held := getattr(card, kind):
            yield Text(f"{heading}{names.colon}{plain(names.names.join(held))}")
    yield _table(
        words["boards"],
        [
            (
                board.name_zh if language is Language.ZH else board.name_en,
                _clock(board.first_seen_at),
                _clock(board.last_seen_at),
                board.best_rank,
                board.entry_count,
            )
            for board in history.spread
        ],
    )
    yield _table(
        words["titles"],
        [
            (title.title, title.source, _clock(title.joined_at), f"{title.chance:.0%}")
            for title in history.told
        ],
    )
    yield _table(
        words["timeline"],
        [
            (
                _clock(hour.window_start),
                hour.board_count,
                hour.best_rank,
                hour.new_item_count or "",
            )
            for hour in history.timeline
        ],
    )
    if history.merged:
        yield _table(
            words["merged"],
            [
                (merge.title, _clock(merge.merged_at), f"{merge.chance:.0%}")
                for merge in history.merged
            ],
        )


def _came(told: Told, words: Mapping[str, Any]) -> Iterator[str]:
    for one in told.joined:
        kind = "merge" if one.is_merge else "joined"
        if one.topic_id == told.item_id and not one.is_merge:
            kind = "founded"
        yield "  " + words[kind].format(
            at=_clock(one.joined_at),
            topic=one.topic_id,
            before=one.from_topic_id,
            chance=one.chance,
        )


def _signs(shared: Sequence[SharedTerm]) -> str:
    return "".join(one.term for one in shared)


def why_lines(told: Why, language: Language) -> Iterator[Shown]:
    """What is known of two items, in the order in which a person asks."""
    words: Mapping[str, Any] = WORDS[language]
    join = WORDING[language].names.join
    evidence = told.evidence
    yield Text(words["one"] if told.is_one_topic else words["two"], style="bold")
    for each in (told.earlier, told.later):
        yield Text(f"{plain(each.title)}  ({each.source} {each.item_id})")
        yield from _came(each, words)
    yield words["as_of"].format(
        at=_clock(told.since),
        hours=told.hours_between,
        source=words["same" if told.earlier.source == told.later.source else "differ"],
    )
    if not told.is_live:
        yield words["too_old"]
    if evidence.words:
        yield _table(
            words["shared"],
            [(one.term, f"{one.weight:.1f}", f"{one.busyness:.1f}") for one in evidence.words],
        )
    yield Text(words["signs"] + plain(_signs(evidence.characters)))
    later, earlier = evidence.lone_names
    if later or earlier:
        yield Text(words["lone"].format(one=join(earlier), other=join(later)))
    counts = [
        join(f"{value}{unit}" for unit, values in each.items() for value in sorted(values))
        for each in evidence.counts
    ]
    if any(counts):
        yield Text(words["counts"].format(one=counts[1], other=counts[0]))
    yield _table(
        words["figures"],
        [
            (words["of"].get(one.name, one.name), f"{one.value:.2f}", f"{one.log_odds:+.2f}")
            for one in evidence.figures
            if one.log_odds
        ],
    )
    yield words["sum"].format(log_odds=evidence.log_odds, chance=evidence.chance, bar=SAME_STORY)
    if told.likest:
        yield _table(words["likest"], [(one.title, f"{one.chance:.0%}") for one in told.likest])
