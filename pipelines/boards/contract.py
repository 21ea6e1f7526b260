"""What a board promises, and whether a snapshot keeps it: ok, degraded, stale or failed, with a sentence.

Boards fail with HTTP 200, so a list is compared with what its board usually is. The usual is learnt
from the board's own days before; a board with too little of a past is held to its catalogue facts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

HISTORY_ENOUGH = 24
"""Snapshots that make a past: a day of hourly captures. With fewer, the catalogue facts judge."""

MISSED_CADENCES = 3
"""Three quiet ticks in a row are no accident; two are a slow board."""

FROZEN_MARGIN = 1.5
"""A list may rest half as long again as the longest rest of its usual days."""

FROZEN_NEVER_MINUTES = 60
"""An hour's list is never called frozen, however often it is fetched."""

FROZEN_UNKNOWN_MINUTES = 330
"""Without a past, a list may rest a short night; one that has stood for six hours is told of."""

SHRUNK_SHARE = 0.7
"""Below this share of its usually shortest list a board has lost a part of its page."""

GROWN_FACTOR = 2
"""Twice the usually longest list: two lists in one page, or another page."""

UNREAD_SHARE = 0.2
"""One line in five that cannot be read is another row shape, not a bad line."""

HEAT_SHARE_KEPT = 0.5
"""Heat on half as many lines as usual: the field was renamed or moved."""

HEAT_DECADES = 1.0
"""Ten times over or under the usual range is another unit or another field, not a busy day."""

RANKS_MISSING_MARGIN = 2
"""So many ranks more than usual may be missing: a line or two is withdrawn by every source."""

NEW_SHARE = 0.8
NEW_SHARE_MARGIN = 0.3
"""Four of five titles unseen for a day, and clearly more than usual, is another list."""

OTHER_SHARE = 0.6
OTHER_SHARE_MARGIN = 0.3
"""More than half of the titles on one board of another source, and clearly more than usual: big
days bring boards together, but not to the same words."""


class Kept(StrEnum):
    """The verdict on a snapshot; a worse one hides a better one."""

    OK = "ok"
    DEGRADED = "degraded"
    STALE = "stale"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the catalogue says of a board; ``expected_count`` is of ranked entries, None unknown."""

    expected_count: tuple[int, int] | None = None
    cadence_minutes: int = 10
    heat_unit: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What the lists of a board usually were on the days before; None where that is not known.

    ``count_low`` and ``count_high`` bound its ranked entries, ``heat_low`` and ``heat_high`` the
    log10 of its middle heat. The others are what it usually reaches: the share of lines with heat,
    the longest time without a change, the share of titles new to it, the share of titles that
    stand on one board of another source, and ranks that no line has.
    """

    snapshot_count: int = 0
    gap_minutes: float | None = None
    count_low: float | None = None
    count_high: float | None = None
    heat_share: float | None = None
    heat_low: float | None = None
    heat_high: float | None = None
    frozen_minutes: float | None = None
    new_share: float | None = None
    other_share: float | None = None
    missing_ranks: float | None = None

    @property
    def is_enough(self) -> bool:
        return self.snapshot_count >= HISTORY_ENOUGH


NO_HISTORY = History()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One capture, measured; shares are of its lines, None where there is nothing to compare with.

    ``reason`` and ``detail`` are the fetch's own words when it yielded no list. ``missing_ranks``
    are ranks that no ranked line has, less those that pinned and paid lines may hold.
    """

    is_list: bool
    reason: str = ""
    detail: str = ""
    ranked_count: int = 0
    line_count: int = 0
    reject_count: int = 0
    missing_ranks: int = 0
    heat_share: float | None = None
    heat_log10: float | None = None
    gap_minutes: float | None = None
    frozen_minutes: float = 0.0
    new_share: float | None = None
    other_share: float = 0.0
    other_zh: str = ""
    other_en: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, the claims of the contract that are broken, and both said in a sentence."""

    verdict: Kept
    claims: tuple[str, ...]
    sentence_zh: str
    sentence_en: str


@dataclass(frozen=True, slots=True)
class _Breach:
    """One broken claim."""

    verdict: Kept
    claim: str
    zh: str
    en: str


SEVERITY = {Kept.FAILED: 3, Kept.STALE: 2, Kept.DEGRADED: 1, Kept.OK: 0}

REASONS_ZH = {
    "body_too_large": "返回的内容过大",
    "certificate_invalid": "证书无法验证",
    "connection_lost": "连接中断",
    "connection_refused": "连接被拒绝",
    "crawl_died": "抓取进程中途退出",
    "dns": "域名无法解析",
    "empty_body": "返回空白",
    "empty_list": "返回空榜",
    "login_wall": "要求登录或验证",
    "not_html": "返回的不是网页",
    "not_json": "返回的不是 JSON",
    "not_xml": "返回的不是订阅源",
    "redirect_loop": "跳转成环",
    "robots_denied": "robots.txt 不允许",
    "soft_error": "对方返回错误",
    "spider_error": "解析程序出错",
    "timeout": "超时",
    "truncated_json": "JSON 不完整",
    "wrong_encoding": "编码无法识别",
    "wrong_shape": "页面结构已变",
}
"""The reasons of a fetch in Chinese; one that is missing here is shown as its code."""


def judge(snapshot: Snapshot, history: History, facts: Facts) -> Judgement:
    """Whether a snapshot keeps the contract of its board."""
    if not snapshot.is_list:
        return _no_list(snapshot)
    breaches = [
        breach
        for claim in (
            _another_board,
            _frozen,
            _count,
            _unread,
            _ranks,
            _heat,
            _mostly_new,
        )
        for breach in claim(snapshot, history, facts)
    ]
    if not breaches:
        return _fine(snapshot.ranked_count)
    breaches.sort(key=lambda one: -SEVERITY[one.verdict])
    return Judgement(
        breaches[0].verdict,
        tuple(one.claim for one in breaches),
        "；".join(one.zh for one in breaches) + "。",
        "; ".join(one.en for one in breaches) + ".",
    )


@cache
def _fine(count: int) -> Judgement:
    return Judgement(Kept.OK, (), f"正常，{count} 条。", f"Fine, {count} entries.")


def _no_list(snapshot: Snapshot) -> Judgement:
    reason = snapshot.reason
    said = REASONS_ZH.get(reason, reason)
    if reason.startswith("http_"):
        said = f"对方返回 {reason.removeprefix('http_')}"
    claim = "login_wall" if reason == "login_wall" else "no_list"
    return Judgement(
        Kept.FAILED, (claim,), f"未取到榜单：{said}。", snapshot.detail or f"No list: {reason}."
    )


def overdue(age_minutes: float) -> tuple[str, str]:
    """That no list came for too long, in Chinese and in English; the last one may have been fine."""
    minutes = round(age_minutes)
    return f"已有 {minutes} 分钟没有新榜单。", f"No list for {minutes} minutes."


NOT_ASKED = ("未抓取。", "Not asked.")


def stood_in(name_zh: str, name_en: str, why_zh: str, why_en: str) -> tuple[str, str]:
    """That another board serves the list, and why its own is passed over; names are the other's."""
    return f"由{name_zh}代供：{why_zh}", f"Served by {name_en}: {why_en}"


def not_stood_in(name_zh: str, name_en: str, why_zh: str, why_en: str) -> tuple[str, str]:
    """That a stand-in does not keep its contract either; to be said after why the first does not."""
    return f"代供的{name_zh}：{why_zh}", f"Its stand-in {name_en}: {why_en}"


def _is_steady(snapshot: Snapshot, history: History, facts: Facts) -> bool:
    """Whether the list before is so recent that much of it should still stand."""
    if snapshot.gap_minutes is None:
        return False
    return snapshot.gap_minutes <= MISSED_CADENCES * _cadence(history, facts)


def _cadence(history: History, facts: Facts) -> float:
    # What is fetched less often than planned changes as much between two captures as it is fetched.
    return max(facts.cadence_minutes, history.gap_minutes or 0)


def _another_board(snapshot: Snapshot, history: History, facts: Facts) -> Iterator[_Breach]:
    if snapshot.other_share < OTHER_SHARE:
        return
    usual = history.other_share if history.is_enough else None
    is_unusual = usual is not None and snapshot.other_share >= usual + OTHER_SHARE_MARGIN
    if is_unusual or _is_all_new(snapshot, history, facts):
        percent = f"{snapshot.other_share:.0%}"
        yield _Breach(
            Kept.FAILED,
            "another_board",
            f"内容疑为{snapshot.other_zh}：{percent} 的标题正在该榜上",
            f"it shows what {snapshot.other_en} shows: {percent} of its titles stand there now",
        )


def _is_all_new(snapshot: Snapshot, history: History, facts: Facts) -> bool:
    if snapshot.new_share is None or not _is_steady(snapshot, history, facts):
        return False
    usual = history.new_share if history.is_enough else None
    return snapshot.new_share >= max(NEW_SHARE, (usual or 0) + NEW_SHARE_MARGIN)


def _mostly_new(snapshot: Snapshot, history: History, facts: Facts) -> Iterator[_Breach]:
    if _is_all_new(snapshot, history, facts):
        percent = f"{snapshot.new_share:.0%}"
        yield _Breach(
            Kept.DEGRADED,
            "mostly_new",
            f"{percent} 的标题一天内未在本榜出现过",
            f"{percent} of its titles were not on this board in the day before",
        )


def _frozen(snapshot: Snapshot, history: History, facts: Facts) -> Iterator[_Breach]:
    allowed = max(FROZEN_NEVER_MINUTES, MISSED_CADENCES * _cadence(history, facts))
    if history.is_enough and history.frozen_minutes is not None:
        allowed = max(allowed, FROZEN_MARGIN * history.frozen_minutes)
    else:
        allowed = max(allowed, FROZEN_UNKNOWN_MINUTES)
    if snapshot.frozen_minutes > allowed:
        stood, usual = round(snapshot.frozen_minutes), round(allowed)
        yield _Breach(
            Kept.STALE,
            "frozen",
            f"榜单 {stood} 分钟没有变化，通常不超过 {usual} 分钟",
            f"the list has not changed for {stood} minutes, where {usual} are the most",
        )


def _count(snapshot: Snapshot, history: History, facts: Facts) -> Iterator[_Breach]:
    count = snapshot.ranked_count
    if history.is_enough and history.count_low is not None and history.count_high is not None:
        low, high = SHRUNK_SHARE * history.count_low, GROWN_FACTOR * history.count_high
        usual = f"{history.count_low:.0f}–{history.count_high:.0f}"
        few = "shrunk"
    elif facts.expected_count is not None:
        least, most = facts.expected_count
        low, high, usual, few = least, GROWN_FACTOR * most, f"{least}–{most}", "too_few"
    else:
        low, high, usual, few = 1, float("inf"), "1", "too_few"
    if count < low:
        yield _Breach(
            Kept.DEGRADED,
            few,
            f"只有 {count} 条，通常 {usual} 条",
            f"only {count} entries, where {usual} are usual",
        )
    if count > high:
        yield _Breach(
            Kept.DEGRADED,
            "too_many",
            f"多达 {count} 条，通常 {usual} 条",
            f"as many as {count} entries, where {usual} are usual",
        )


def _unread(snapshot: Snapshot, _: History, __: Facts) -> Iterator[_Breach]:
    printed = snapshot.line_count + snapshot.reject_count
    if printed and snapshot.reject_count > UNREAD_SHARE * printed:
        yield _Breach(
            Kept.DEGRADED,
            "lines_unread",
            f"{printed} 行中有 {snapshot.reject_count} 行无法读取",
            f"{snapshot.reject_count} of {printed} lines could not be read",
        )


def _ranks(snapshot: Snapshot, history: History, _: Facts) -> Iterator[_Breach]:
    usual = (history.missing_ranks or 0) if history.is_enough else 0
    # A rejected line leaves a hole that _unread tells of.
    missing = snapshot.missing_ranks - snapshot.reject_count
    if missing > usual + RANKS_MISSING_MARGIN:
        yield _Breach(
            Kept.DEGRADED,
            "ranks_broken",
            f"位次不连续，缺 {missing} 位",
            f"its ranks have gaps: {missing} are missing",
        )


def _heat(snapshot: Snapshot, history: History, facts: Facts) -> Iterator[_Breach]:
    share = snapshot.heat_share
    if share is None:
        return
    usual = 1.0 if facts.heat_unit else 0.0
    # A board's facts say that it prints heat, not on how many lines: only its past knows that.
    is_lost = share == 0 and usual > 0
    if history.is_enough and history.heat_share is not None:
        usual = history.heat_share
        is_lost = share < HEAT_SHARE_KEPT * usual
    if is_lost:
        yield _Breach(
            Kept.DEGRADED,
            "no_heat",
            f"{share:.0%} 的条目有热度，通常 {usual:.0%}",
            f"{share:.0%} of its entries have a heat, where {usual:.0%} are usual",
        )
    elif history.is_enough and _is_strange_heat(snapshot.heat_log10, history):
        yield _Breach(
            Kept.DEGRADED,
            "heat_range",
            "热度与平时相差十倍以上",
            "its heat is ten times over or under its usual range",
        )


def _is_strange_heat(heat_log10: float | None, history: History) -> bool:
    if heat_log10 is None or history.heat_low is None or history.heat_high is None:
        return False
    return not history.heat_low - HEAT_DECADES <= heat_log10 <= history.heat_high + HEAT_DECADES
