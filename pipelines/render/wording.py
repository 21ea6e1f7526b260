"""Every word a digest prints, once per language. ``{name}`` marks what is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.digest import Language, Period, Verdict


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
    gain: str
    loss: str
    no_move: str
    usual_times: str
    usual_ranks: str
    usual_none: str
    is_new: str
    new_on: str
    on_one_board: str
    on_boards: str
    chance: str
    peak: str
    left: str
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
    elsewhere="已离开的榜",
    stay="在榜 {since}–{seen}",
    rank="第 {rank} 位",
    best_rank="最高第 {rank} 位",
    unranked="无位次",
    new_on_board="新上榜",
    chart="{title}：{since} 至 {until} 的位次走势。{lines}",
    chart_line="{name}由{first}到{last}",
    chart_point="{name}{last}",
    gain="{name} {span}升 {count} 位",
    loss="{name} {span}降 {count} 位",
    no_move="{name} {span}位次未变",
    usual_times="，是这个钟点常见升幅的 {times} 倍",
    usual_ranks="，这个钟点常见升幅为 {ranks} 位",
    usual_none="，而这个钟点通常不升",
    is_new="首次出现的话题",
    new_on="{name}新上榜",
    on_one_board="目前只在 1 个榜",
    on_boards="已在 {count} 个榜出现",
    chance="进入前十的把握约 {percent}%",
    peak="预计最高到第 {rank} 位",
    left="预计还能热 {span}",
    no_reason="综合得分靠前",
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
        "score": "得分",
        "why": "为何在此",
        "first_seen_at": "首次出现",
        "keywords": "关键词",
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
    elsewhere="No longer on",
    stay="on since {since}, last seen {seen}",
    rank="#{rank}",
    best_rank="best #{rank}",
    unranked="no rank",
    new_on_board="new",
    chart="{title}: rank from {since} to {until}. {lines}",
    chart_line="{name} from {first} to {last}",
    chart_point="{name} {last}",
    gain="{name}: up {count} in {span}",
    loss="{name}: down {count} in {span}",
    no_move="{name}: no change of rank in {span}",
    usual_times=", {times} times what this hour of day usually brings",
    usual_ranks=", where this hour of day usually brings {ranks}",
    usual_none=", at an hour of day that usually brings no rise",
    is_new="first appearance",
    new_on="{name}: new on the board",
    on_one_board="on 1 board so far",
    on_boards="on {count} boards",
    chance="chance of the top ten about {percent}%",
    peak="expected to peak at #{rank}",
    left="expected to last another {span}",
    no_reason="high overall score",
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
        "score": "Score",
        "why": "Why it is here",
        "first_seen_at": "First seen",
        "keywords": "Keywords",
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
)

WORDING: Mapping[Language, Wording] = {Language.ZH: ZH, Language.EN: EN}
