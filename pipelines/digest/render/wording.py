"""Every word a digest prints, once per language. ``{name}`` marks what is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.boards.standing import Verdict
from pipelines.digest.contents import Period
from pipelines.forecast.record import CallVerdict
from pipelines.forecast.stages import Stage
from pipelines.language import Language


@dataclass(frozen=True, slots=True)
class RecordWording:
    """The words of the record: how forecasts turned out."""

    heading: str
    calls: str
    no_calls: str
    is_open: str
    is_unknown: str
    lead: str
    missed: str
    unseen: str
    nothing_missed: str
    verdicts: Mapping[CallVerdict, str]
    called: str
    came: str
    came_uncalled: str
    more: str
    appendix: str
    nothing_known: str
    columns: tuple[str, str, str]
    reliability: str
    leads: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language; a field that is missing does not construct."""

    html_lang: str
    brand: str
    periods: Mapping[Period, str]
    time_zone: str
    # The head: which boards can be trusted.
    all_fine: str
    some_fine: str
    no_boards: str
    verdicts: Mapping[Verdict, str]
    last_ok: str
    never_ok: str
    aside: str
    # Topics.
    no_topics: str
    topic_count: str
    untitled: str
    why: str
    standing: str
    trace: str
    first_seen: str
    keywords: str
    category: str
    categories: Mapping[str, str]
    elsewhere: str
    stay: str
    rank: str
    best_rank: str
    unranked: str
    new_on_board: str
    # Charts.
    chart: str
    chart_line: str
    chart_point: str
    # Why a topic is here.
    is_new: str
    stages: Mapping[Stage, str]
    chances: str
    spread: str
    peak: str
    peak_heat: str
    left: str
    knew_later: str
    no_reason: str
    minutes: str
    hours: str
    hours_minutes: str
    # How clauses and names are joined, and numbers shortened.
    clause: str
    full_stop: str
    colon: str
    names: str
    magnitudes: tuple[tuple[float, str], ...]
    heat_units: Mapping[str, str]
    # The foot: how to read the page; the first for every format, the second for the page's marks.
    legend: tuple[str, ...]
    marks_legend: tuple[str, ...]
    # The table: headings, in column order.
    columns: Mapping[str, str]
    record: RecordWording


ZH = Wording(
    html_lang="zh-CN",
    brand="风口",
    periods={Period.HOUR: "热点时报", Period.DAY: "热点日报"},
    time_zone="北京时间",
    all_fine="{total} 个榜全部正常",
    some_fine="{total} 个榜中 {fine} 个正常，{troubled} 个有缺",
    no_boards="没有任何榜的记录",
    verdicts={
        Verdict.OK: "正常",
        Verdict.DEGRADED: "异常",
        Verdict.STALE: "过期",
        Verdict.FAILED: "失败",
        Verdict.MISSING: "缺失",
    },
    last_ok="最近正常 {time}",
    never_ok="没有正常记录",
    aside="{text}（{note}）",
    no_topics="这段时间没有值得关注的上升话题。",
    topic_count="{count} 个话题",
    untitled="（无题）",
    why="为何在此",
    standing="所在的榜",
    trace="位次走势",
    first_seen="首次出现",
    keywords="关键词",
    category="分类",
    categories={
        "games": "游戏",
        "sports": "体育",
        "entertainment": "娱乐",
        "finance": "财经",
        "education": "教育",
        "world": "国际",
        "technology": "科技",
        "society": "社会",
        "life": "生活",
    },
    elsewhere="已离开的榜",
    stay="在榜 {since}–{seen}",
    rank="第 {rank} 位",
    best_rank="最高第 {rank} 位",
    unranked="无位次",
    new_on_board="新上榜",
    chart="{title}：{since} 至 {until} 的位次走势。{lines}",
    chart_line="{name}由{first}到{last}",
    chart_point="{name}{last}",
    is_new="首次出现的话题",
    stages={
        Stage.BUDDING: "萌芽",
        Stage.RISING: "上升",
        Stage.BURSTING: "爆发",
        Stage.PEAK: "高峰",
        Stage.FADING: "消退",
    },
    chances="{name} 3 小时内进前十 {three}（1 小时 {one}，6 小时 {six}）",
    spread="6 小时内上 3 个榜 {percent}",
    peak="预计最高第 {rank} 位（{low}–{high}）",
    peak_heat="，热度高过本榜 {percent} 的话题",
    left="预计还在榜 {span}（{low}–{high}）",
    knew_later="模型学过此后的数据",
    no_reason="势头未明",
    minutes="{minutes} 分钟",
    hours="{hours} 小时",
    hours_minutes="{hours} 小时 {minutes} 分",
    clause="；",
    full_stop="。",
    colon="：",
    names="、",
    magnitudes=((1, ""), (1e4, "万"), (1e8, "亿")),
    heat_units={
        "heat": "热度",
        "points": "分",
        "votes": "票",
        "views": "次浏览",
        "reads": "次阅读",
        "plays": "次播放",
        "searches": "次搜索",
        "comments": "条评论",
        "discussions": "条讨论",
        "likes": "赞",
        "stars": "星",
        "stars today": "颗星（今日）",
    },
    legend=(
        "↑↓ 是比一小时前升降的位数，→ 是持平。",
        "“新上榜”是这一小时内才上榜。",
        "热度是各榜自己的数，后面的百分比只和本榜一小时前比，不跨榜比较。",
    ),
    marks_legend=("方块里的数是位次，深色是前十。", "走势图越高越靠前，断开处是当时不在榜上。"),
    columns={
        "at": "时间（北京时间）",
        "topic_id": "话题编号",
        "topic": "话题",
        "stage": "阶段",
        "chance_1h": "1 小时内进前十",
        "chance_3h": "3 小时内进前十",
        "chance_6h": "6 小时内进前十",
        "chance_spread_6h": "6 小时内上三榜",
        "peak_rank": "预计最高位次",
        "minutes_left": "预计还在榜（分钟）",
        "why": "为何在此",
        "first_seen_at": "首次出现",
        "keywords": "关键词",
        "category": "分类",
        "board": "榜",
        "title": "榜上标题",
        "rank": "位次",
        "rank_before": "一小时前位次",
        "best_rank": "最高位次",
        "heat": "热度",
        "heat_before": "一小时前热度",
        "heat_unit": "热度单位",
        "since_at": "上榜时间",
        "seen_at": "最近在榜",
        "url": "链接",
        "boards_note": "各榜状况",
    },
    record=RecordWording(
        heading="预报兑现",
        calls="{date}预报 {count} 条将在三小时内进前十：应验 {right} 条，晚到 {late} 条，落空 {wrong} 条",
        no_calls="{date}没有一条的把握到 50%，所以没有预报",
        is_open="，未满三小时 {count} 条",
        is_unknown="，榜单缺得太多、无从判断 {count} 条",
        lead="应验的一半提前了 {span}以上",
        missed="漏报 {count} 条：进了前十，此前三小时内给的把握却不到 50%",
        unseen="另有 {count} 条在两次预报之间直接进了前十",
        nothing_missed="没有漏报",
        verdicts={
            CallVerdict.RIGHT: "应验",
            CallVerdict.LATE: "晚到",
            CallVerdict.WRONG: "落空",
            CallVerdict.OPEN: "未满三小时",
            CallVerdict.UNKNOWN: "无从判断",
            CallVerdict.MISSED: "漏报",
            CallVerdict.UNSEEN: "未及预报",
        },
        called="{time} 预报，把握 {percent}%，时在第 {rank} 位",
        came="{span}后进前十",
        came_uncalled="{time} 进前十",
        more="另有 {count} 条",
        appendix="附：近 {days} 天的预报准不准",
        nothing_known="还没有到期的预报。",
        columns=("给出的把握", "实际进前十", "预报数"),
        reliability="横向是给出的把握，纵向是实际进前十的比例；落在虚线上就是说到做到。",
        leads="应验的预报提前了多少分钟，各有几条。",
    ),
)

EN = Wording(
    html_lang="en",
    brand="Fengkou",
    periods={Period.HOUR: "Hourly digest", Period.DAY: "Daily digest"},
    time_zone="Beijing time",
    all_fine="All {total} boards are fine",
    some_fine="{fine} of {total} boards are fine; {troubled} are not",
    no_boards="No board has any record",
    verdicts={
        Verdict.OK: "fine",
        Verdict.DEGRADED: "degraded",
        Verdict.STALE: "stale",
        Verdict.FAILED: "failed",
        Verdict.MISSING: "missing",
    },
    last_ok="last fine {time}",
    never_ok="never fine",
    aside="{text} ({note})",
    no_topics="No topic was rising enough to report in this time.",
    topic_count="Topics: {count}",
    untitled="(untitled)",
    why="Why it is here",
    standing="Where it stands",
    trace="Rank over time",
    first_seen="First seen",
    keywords="Keywords",
    category="Category",
    categories={
        "games": "Games",
        "sports": "Sports",
        "entertainment": "Entertainment",
        "finance": "Finance",
        "education": "Education",
        "world": "World",
        "technology": "Technology",
        "society": "Society",
        "life": "Life",
    },
    elsewhere="No longer on",
    stay="on since {since}, last seen {seen}",
    rank="#{rank}",
    best_rank="best #{rank}",
    unranked="no rank",
    new_on_board="new",
    chart="{title}: rank from {since} to {until}. {lines}",
    chart_line="{name} from {first} to {last}",
    chart_point="{name} {last}",
    is_new="first appearance",
    stages={
        Stage.BUDDING: "budding",
        Stage.RISING: "rising",
        Stage.BURSTING: "bursting",
        Stage.PEAK: "peak",
        Stage.FADING: "fading",
    },
    chances="{name}: top ten within 3 h {three} (1 h {one}, 6 h {six})",
    spread="three lists within 6 h {percent}",
    peak="peak expected at #{rank} ({low}–{high})",
    peak_heat=", hotter than {percent} of the list's topics",
    left="{span} left on the list ({low}–{high})",
    knew_later="the model knew later data",
    no_reason="no clear cause",
    minutes="{minutes} min",
    hours="{hours} h",
    hours_minutes="{hours} h {minutes} min",
    clause="; ",
    full_stop=".",
    colon=": ",
    names=", ",
    magnitudes=((1, ""), (1e3, "k"), (1e6, "M"), (1e9, "B")),
    heat_units={
        "heat": "heat",
        "points": "points",
        "votes": "votes",
        "views": "views",
        "reads": "reads",
        "plays": "plays",
        "searches": "searches",
        "comments": "comments",
        "discussions": "discussions",
        "likes": "likes",
        "stars": "stars",
        "stars today": "stars today",
    },
    legend=(
        "↑↓ is the change of rank in one hour, → is no change.",
        "'New' came onto the board within the hour.",
        "Heat is each board's own number; its percentage is against the same board an hour"
        " before. It is never compared across boards.",
    ),
    marks_legend=(
        "The number in a box is the rank; a filled box is in the top ten.",
        "In a chart, higher is nearer the top; a gap is a time off the board.",
    ),
    columns={
        "at": "Time (Beijing)",
        "topic_id": "Topic ID",
        "topic": "Topic",
        "stage": "Stage",
        "chance_1h": "Top ten within 1 h",
        "chance_3h": "Top ten within 3 h",
        "chance_6h": "Top ten within 6 h",
        "chance_spread_6h": "Three lists within 6 h",
        "peak_rank": "Expected peak rank",
        "minutes_left": "Minutes left",
        "why": "Why it is here",
        "first_seen_at": "First seen",
        "keywords": "Keywords",
        "category": "Category",
        "board": "Board",
        "title": "Title on the board",
        "rank": "Rank",
        "rank_before": "Rank one hour before",
        "best_rank": "Best rank",
        "heat": "Heat",
        "heat_before": "Heat one hour before",
        "heat_unit": "Heat unit",
        "since_at": "On the board since",
        "seen_at": "Last seen",
        "url": "Link",
        "boards_note": "State of the boards",
    },
    record=RecordWording(
        heading="How the forecasts turned out",
        calls="{date}: {count} calls of the top ten within three hours, {right} right, {late} late,"
        " {wrong} wrong",
        no_calls="{date}: nothing was given a chance of 50% or more, so nothing was called",
        is_open=", {count} not over",
        is_unknown=", {count} unknown, for the board was not seen enough",
        lead="half of the right ones were {span} ahead or more",
        missed="{count} missed: they came to the top ten, and forecasts of the three hours before gave"
        " them less than 50%",
        unseen="{count} more came there between two forecasts",
        nothing_missed="nothing was missed",
        verdicts={
            CallVerdict.RIGHT: "Right",
            CallVerdict.LATE: "Late",
            CallVerdict.WRONG: "Wrong",
            CallVerdict.OPEN: "Not over",
            CallVerdict.UNKNOWN: "Unknown",
            CallVerdict.MISSED: "Missed",
            CallVerdict.UNSEEN: "Not forecast",
        },
        called="called at {time}, chance {percent}%, then #{rank}",
        came="in the top ten {span} later",
        came_uncalled="in the top ten at {time}",
        more="{count} more",
        appendix="Appendix: how good the forecasts of {days} days were",
        nothing_known="No forecast has come due yet.",
        columns=("Chance given", "Came to the top ten", "Forecasts"),
        reliability="To the right the chance that was given, upward the share that came; the dashed"
        " line is perfect.",
        leads="How many right calls were so many minutes ahead.",
    ),
)

WORDING: Mapping[Language, Wording] = {Language.ZH: ZH, Language.EN: EN}
