"""Why a forecast is what it is, in a sentence of its causes."""

from collections.abc import Mapping, Sequence

from pipelines.forecast.explanation import Cause
from pipelines.language import Language

CAUSES: Mapping[Language, Mapping[str, str]] = {
    Language.ZH: {
        "climb": "升得快：{minutes} 分钟升 {gain} 位",
        "heat": "热度 30 分钟涨 {growth:.0%}",
        "night": "夜间少见的热度：30 分钟涨 {growth:.0%}",
        "gap": "热度离第十位只差 {gap:.0%}",
        "near": "已到第 {rank} 位，离前十 {places} 位",
        "fresh": "上榜 {age} 分钟，初见第 {first} 位",
        "entered": "刚上榜就到第 {rank} 位",
        "pace": "前十换得勤：3 小时新进 {tops} 条",
        "hour": "平日这个时段前十进人多：3 小时约 {usual} 条",
        "words": "同类话题 {rate:.0%} 上过前十",
        "story": "同一件事的另一条已上过前十",
        "elsewhere": "已在 {boards} 个榜出现",
        "story_elsewhere": "同一件事在别的榜已进前十",
        "in_top": "现居第 {rank} 位",
        "past_top": "曾到第 {best} 位，现居第 {rank} 位",
        "slow": "现居第 {rank} 位，升势未明",
        "and": "；",
    },
    Language.EN: {
        "climb": "climbing fast: up {gain} in {minutes} min",
        "heat": "heat up {growth:.0%} in 30 min",
        "night": "heat rare at night: up {growth:.0%} in 30 min",
        "gap": "heat only {gap:.0%} short of the tenth's",
        "near": "at #{rank}, {places} from the top ten",
        "fresh": "{age} min on the list, first seen at #{first}",
        "entered": "just entered, at #{rank} at once",
        "pace": "the top ten changes fast: {tops} came in 3 h",
        "hour": "at this time of day the top ten usually takes in many: about {usual} in 3 h",
        "words": "{rate:.0%} of topics like it reached the top ten",
        "story": "another entry of the same story reached the top ten",
        "elsewhere": "on {boards} lists already",
        "story_elsewhere": "the same story is in the top ten elsewhere",
        "in_top": "at #{rank} now",
        "past_top": "was at #{best}, now at #{rank}",
        "slow": "at #{rank}, no clear climb",
        "and": "; ",
    },
}


def sentence(causes: Sequence[Cause], language: Language) -> str:
    """One sentence of the causes, in their order; empty where there are none."""
    if not causes:
        return ""
    said = CAUSES[language]
    text = said["and"].join(
        said[cause.code].format_map(
            {
                name: value if name in SHARES else round(value)
                for name, value in cause.figures.items()
            }
        )
        for cause in causes
    )
    return text + "。" if language is Language.ZH else text[0].upper() + text[1:] + "."


SHARES = frozenset({"growth", "gap", "rate"})
"""Figures that are told in hundredths."""
