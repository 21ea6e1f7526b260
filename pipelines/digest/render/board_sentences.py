"""What is wrong with a board, in words: its verdict told from the breaches and their figures."""

import math
from collections.abc import Mapping, Sequence

from pipelines.boards.contract import Breach, Kept
from pipelines.boards.standing import BoardStanding, ListStanding, Verdict
from pipelines.language import Language

REASONS_ZH: Mapping[str, str] = {
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


def list_sentence(standing: ListStanding, language: Language) -> str:
    """How a list stands, who serves it where that is another board, and why; one sentence or several."""
    server = standing.server
    why = board_sentence(server, language)
    if not standing.is_stood_in:
        parts = [
            why,
            *(_of_stand_in(board, language) for board in standing.failing),
        ]
    elif standing.verdict is Verdict.DEGRADED:
        parts = [_stood_in(server, _passed_over(standing, language), language)]
        if server.verdict is Verdict.DEGRADED:
            parts.append(_of_stand_in(server, language))
    else:
        parts = [_passed_over(standing, language), _of_stand_in(server, language)]
    return ("" if language is Language.ZH else " ").join(parts)


def board_sentence(standing: BoardStanding, language: Language) -> str:
    """How one board stands."""
    is_zh = language is Language.ZH
    if standing.is_overdue and standing.last_ok_at and standing.contract_verdict is not Kept.FAILED:
        minutes = round(standing.age_minutes or 0)
        return f"已有 {minutes} 分钟没有新榜单。" if is_zh else f"No list for {minutes} minutes."
    said = standing.said_zh if is_zh else standing.said_en
    if said is not None:
        return said
    names = standing.other_zh, standing.other_en
    zh, en = judged(
        standing.breaches, standing.ranked_count, standing.reason, standing.detail, names
    )
    return zh if is_zh else en


def _passed_over(standing: ListStanding, language: Language) -> str:
    if standing.passed_over is None:
        return "未抓取。" if language is Language.ZH else "Not asked."
    return board_sentence(standing.passed_over, language)


def _stood_in(server: BoardStanding, why: str, language: Language) -> str:
    if language is Language.ZH:
        return f"由{server.name_zh}代供：{why}"
    return f"Served by {server.name_en}: {why}"


def _of_stand_in(board: BoardStanding, language: Language) -> str:
    why = board_sentence(board, language)
    if language is Language.ZH:
        return f"代供的{board.name_zh}：{why}"
    return f"Its stand-in {board.name_en}: {why}"


def judged(
    breaches: Sequence[Breach], ranked_count: int, reason: str, detail: str, names: tuple[str, str]
) -> tuple[str, str]:
    """What a snapshot's judgement says, in Chinese and in English.

    ``reason`` and ``detail`` are the fetch's own where it yielded no list, ``names`` those of the other
    board that has most of its titles.
    """
    if not breaches:
        return f"正常，{ranked_count} 条。", f"Fine, {ranked_count} entries."
    if breaches[0].claim in {"no_list", "login_wall"}:
        said = REASONS_ZH.get(reason, reason)
        if reason.startswith("http_"):
            said = f"对方返回 {reason.removeprefix('http_')}"
        return f"未取到榜单：{said}。", detail or f"No list: {reason}."
    clauses = [_clause(breach, names) for breach in breaches]
    return "；".join(zh for zh, _ in clauses) + "。", "; ".join(en for _, en in clauses) + "."


def _clause(breach: Breach, names: tuple[str, str]) -> tuple[str, str]:
    known = breach.figures
    other_zh, other_en = names
    match breach.claim:
        case "another_board":
            percent = f"{known['share']:.0%}"
            return (
                f"内容疑为{other_zh}：{percent} 的标题正在该榜上",
                f"it shows what {other_en} shows: {percent} of its titles stand there now",
            )
        case "mostly_new":
            percent = f"{known['share']:.0%}"
            return (
                f"{percent} 的标题一天内未在本榜出现过",
                f"{percent} of its titles were not on this board in the day before",
            )
        case "frozen":
            stood, usual = round(known["minutes"]), round(known["most"])
            return (
                f"榜单 {stood} 分钟没有变化，通常不超过 {usual} 分钟",
                f"the list has not changed for {stood} minutes, where {usual} are the most",
            )
        case "shrunk" | "too_few":
            count, usually = f"{known['count']:.0f}", _usual_count(known)
            return (
                f"只有 {count} 条，通常 {usually} 条",
                f"only {count} entries, where {usually} are usual",
            )
        case "too_many":
            count, usually = f"{known['count']:.0f}", _usual_count(known)
            return (
                f"多达 {count} 条，通常 {usually} 条",
                f"as many as {count} entries, where {usually} are usual",
            )
        case "lines_unread":
            printed, rejected = f"{known['printed']:.0f}", f"{known['rejected']:.0f}"
            return (
                f"{printed} 行中有 {rejected} 行无法读取",
                f"{rejected} of {printed} lines could not be read",
            )
        case "ranks_broken":
            missing = f"{known['missing']:.0f}"
            return f"位次不连续，缺 {missing} 位", f"its ranks have gaps: {missing} are missing"
        case "no_heat":
            share, before = f"{known['share']:.0%}", f"{known['usual']:.0%}"
            return (
                f"{share} 的条目有热度，通常 {before}",
                f"{share} of its entries have a heat, where {before} are usual",
            )
        case "heat_range":
            return "热度与平时相差十倍以上", "its heat is ten times over or under its usual range"
    return breach.claim, breach.claim


def _usual_count(known: Mapping[str, float]) -> str:
    if math.isinf(known["most"]):
        return f"{known['least']:.0f}"
    return f"{known['least']:.0f}–{known['most']:.0f}"
