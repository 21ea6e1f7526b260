"""Instants as archives print them: read where there is one meaning, refused by name where there are two."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LONGEST = 64
"""No instant is printed in more characters; the longest form known has 38."""

UNREADABLE = "captured_at_unreadable"
ZONE_AMBIGUOUS = "captured_at_zone_ambiguous"
ORDER_AMBIGUOUS = "captured_at_day_or_month"
RELATIVE = "captured_at_relative"
"""Of what only the moment of reading makes an instant: 3 hours ago, yesterday 08:00, 08:00, 05-20 08:00."""

OUT_OF_RANGE = "captured_at_out_of_range"
"""Of an instant that no calendar here reaches; what a list can have had is judged where it is loaded."""

BEIJING = ZoneInfo("Asia/Shanghai")
ZONES_OF_ONE_MEANING = {"utc": UTC, "gmt": UTC, "z": UTC, "ut": UTC, "北京时间": BEIJING}
"""CST is Chicago's, Shanghai's and Havana's, IST India's and Israel's: of abbreviations only these."""

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}

SPREADSHEET_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - what a spreadsheet counts from has no zone
SPREADSHEET_DAYS = (36_526, 73_051)
"""2000 to 2099, as days of a spreadsheet: a number of five figures can be nothing else."""

WEST, EAST = timedelta(hours=-12), timedelta(hours=14)
"""No clock of the world is set farther from UTC."""

PRINTED_OFFSET = re.compile(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST_COUNTED = datetime(1990, 1, 1, tzinfo=UTC)
"""No list was kept before: twelve figures that lead there are a day and its clock (202603040805)."""

EPOCH_UNITS = {9: 1, 10: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 18: 10**9, 19: 10**9}
"""Figures of a count since 1970 -> counts in a second: seconds, milli-, micro-, nanoseconds."""

DATE = r"(?P<year>\d{4})(?P<s>[-/.])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})"
CHINESE_DATE = r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"
COMPACT_DATE = r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
OTHER_DATE = r"(?P<first>\d{1,2})(?P<s>[-/.])(?P<second>\d{1,2})(?P=s)(?P<year>\d{4})"
CLOCK = (
    r"(?P<half>上午|下午)? ?(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})分?"
    r"(?::?(?P<seconds>\d{1,2})秒?(?:[.,](?P<fraction>\d{1,9}))?)?(?: ?(?P<ampm>[AaPp][Mm]))?"
)
NAMED_ZONE = r"[A-Za-z][A-Za-z_+-]*(?:/[A-Za-z_+\-0-9]+)*|北京时间"
OFFSET = r"(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?"
ZONE = (
    rf"(?: ?(?P<zone>{OFFSET}|\({OFFSET}\)|\[?(?:{NAMED_ZONE})\]?|\((?:{NAMED_ZONE})\))"
    # A second name of the zone that an offset told: "GMT+0800 (China Standard Time)".
    r"(?:(?<=\d) ?(?:\([^()]{1,40}\)|\[[^\[\]]{1,40}\]))?)?"
)
DAY_OF_WEEK = r"(?: ?[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?)?"
GAP = rf"{DAY_OF_WEEK}(?:[T ]| at )?"
WEEKDAY = r"(?:[A-Za-z]{3,9},? )?"
MONTH = r"(?P<name>[A-Za-z]{3})[a-z]*\.?"
HOUR_ALONE = r"(?P<hour>\d{1,2})"
DASHED_CLOCK = r"(?P<hour>\d{2})-(?P<minute>\d{2})(?:-(?P<seconds>\d{2}))"
WRITTEN = [
    re.compile(f"{date}(?:{GAP}{CLOCK}{ZONE})?") for date in (DATE, CHINESE_DATE, OTHER_DATE)
] + [
    re.compile(f"{COMPACT_DATE}(?:{GAP}{CLOCK}{ZONE})?"),
    # An archive of hours prints no minutes.
    re.compile(f"{DATE}[T ]{HOUR_ALONE}{ZONE}"),
    re.compile(f"{CHINESE_DATE} ?{HOUR_ALONE}[时点]{ZONE}"),
    # As the names of files have it, where a colon cannot stand.
    re.compile(f"{DATE}[T _]{DASHED_CLOCK}{ZONE}"),
    re.compile(rf"{COMPACT_DATE}T?(?P<hour>\d{{2}})(?P<minute>\d{{2}})"),
    re.compile(
        rf"{COMPACT_DATE}T?(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<seconds>\d{{2}})"
        rf"(?:[.,](?P<fraction>\d{{1,9}}))?{ZONE}"
    ),
    # Tue May 20 08:00:00 +0800 2025, as Weibo prints it; Tue, 20 May 2025 00:00:00 GMT, as mails do.
    re.compile(
        r"[A-Za-z]{3},? (?P<name>[A-Za-z]{3}) (?P<day>\d{1,2}) "
        rf"{CLOCK}(?: (?P<zone>[A-Za-z]+|[+-]\d{{4}}))? (?P<year>\d{{4}})"
    ),
    re.compile(
        rf"{WEEKDAY}(?P<day>\d{{1,2}})[ -]{MONTH}[ -](?P<year>\d{{4}})(?:,? {CLOCK}{ZONE})?"
    ),
    # March 4, 2026, 8:05 AM; Wed Mar 04 2026 08:05:00 GMT+0800 (China Standard Time), as browsers do.
    re.compile(
        rf"{WEEKDAY}{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})"
        rf"(?:(?:,| at)? {CLOCK}{ZONE})?"
    ),
]
COUNTED = re.compile(r"(?P<whole>\d{9,19})(?:\.(?P<part>\d{1,9})0*)?")
NEVER = re.compile(
    r"[+-]?\d{5,9}-\d{1,2}-\d{1,2}\b.{0,40}|-?inf(?:inity)?|.{1,50}\(BC\)", re.IGNORECASE
)
"""As databases print what lies beyond all years of four figures."""

DAYS_FROM_NOW = (
    r"[今昨前明][天日早晚夜]|大前天|刚刚|刚才|现在|此刻|[上本这]个?[周月]|[本上]?(?:周|星期)[一二三四五六日天]|"
    r"(?:(?:to|yester)day|(?:just )?now|tonight|this (?:morning|afternoon|evening)|last (?:night|week|month)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
COUNT = r"(?:\d{1,4}|[一二两三四五六七八九十半几]{1,3}|an?|half an|few|some)"
UNIT = (
    r"(?:秒钟?|分钟?|小时|钟头|天|日|周|星期|月|年|"
    r"(?:s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?|mo(?:nths?)?|y(?:ears?)?)\b)"
)
FROM_NOW = re.compile(
    rf"(?:{DAYS_FROM_NOW}).{{0,30}}|.{{0,12}}?{COUNT} ?个?半?{UNIT} ?(?:之?前|以前|ago)"
    rf"|(?:\d{{1,2}}(?:[-/]\d{{1,2}}|月\d{{1,2}}[日号]) ?)?{CLOCK}",
    re.IGNORECASE,
)

DAY_SECONDS = 86_400
DAYS = re.compile(r"\d{5}(?:\.\d{1,12})?")


@dataclass(frozen=True, slots=True)
class Instant:
    """``at`` is naive UTC, None with a ``reason``; ``is_naive`` where no zone is printed."""

    at: datetime | None
    reason: str = ""
    is_naive: bool = False


def read_instant(text: str, zone: tzinfo = UTC) -> Instant:
    """The instant that a text prints; ``zone`` is that of what prints none.

    Read are ISO 8601 and its usual loose forms, Chinese dates, Weibo's and mail's, counts since 1970, days of
    a spreadsheet. Refused are abbreviations of zones with several meanings, days that may be months, and
    what is counted from now.
    """
    text = text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).strip()
    if not text or len(text) > LONGEST:
        return Instant(None, UNREADABLE)
    try:
        return _iso(text, zone) or _counted(text, zone) or _written(text, zone)
    except OverflowError:
        return Instant(None, OUT_OF_RANGE)
    except ValueError:
        # A 31st of February, an hour of 99.
        return Instant(None, UNREADABLE)


def _iso(text: str, zone: tzinfo) -> Instant | None:
    """The quick way for the form that nearly all archives have."""
    if len(text) < len("2025-05-20T08:00") or text[4] != "-":
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _of(at, zone)


def _of(at: datetime, zone: tzinfo) -> Instant:
    is_naive = at.tzinfo is None
    aware = at.replace(tzinfo=zone) if is_naive else at
    if not WEST <= (aware.utcoffset() or timedelta()) <= EAST:
        return Instant(None, UNREADABLE)
    return Instant(aware.astimezone(UTC).replace(tzinfo=None), is_naive=is_naive)


def _counted(text: str, zone: tzinfo) -> Instant | None:
    if found := COUNTED.fullmatch(text):
        unit = EPOCH_UNITS.get(len(found["whole"]))
        if unit is None:
            return None
        microseconds = int(found["whole"]) * 10**6 // unit
        if unit == 1 and found["part"]:
            microseconds += int(found["part"].ljust(6, "0")[:6])
        at = EPOCH + timedelta(microseconds=microseconds)
        if at < EARLIEST_COUNTED and len(found["whole"]) == len("202603040805"):
            return None
        return Instant(at.replace(tzinfo=None))
    if DAYS.fullmatch(text) and SPREADSHEET_DAYS[0] <= float(text) < SPREADSHEET_DAYS[1]:
        return _of(SPREADSHEET_DAY_ZERO + timedelta(seconds=_seconds_of_days(text)), zone)
    return None


def _seconds_of_days(text: str) -> int:
    """Seconds of a count of days: a whole minute where its figures can mean one, else the nearest second.

    A spreadsheet that shows four figures of 08:00 shows .3333, which is three seconds less.
    """
    seconds = float(text) * DAY_SECONDS
    last_figure = DAY_SECONDS / 10 ** len(text.partition(".")[2])
    minutes = round(seconds / 60) * 60
    return minutes if abs(minutes - seconds) <= min(last_figure, 30) else round(seconds)


def _written(text: str, zone: tzinfo) -> Instant:
    for pattern in WRITTEN:
        found = pattern.fullmatch(text)
        if found is not None:
            return _from_parts(found.groupdict().get, zone)
    if FROM_NOW.fullmatch(text):
        return Instant(None, RELATIVE)
    return Instant(None, OUT_OF_RANGE if NEVER.fullmatch(text) else UNREADABLE)


def _from_parts(part: Callable[[str], str | None], zone: tzinfo) -> Instant:
    if part("first"):
        first, second = int(part("first") or 0), int(part("second") or 0)
        if first <= 12 and second <= 12 and first != second:  # noqa: PLR2004 - months
            return Instant(None, ORDER_AMBIGUOUS)
        month, day = (second, first) if first > 12 else (first, second)  # noqa: PLR2004
    else:
        name = part("name")
        month = MONTHS[name.lower()] if name and name.lower() in MONTHS else int(part("month") or 0)
        day = int(part("day") or 0)
    hour = int(part("hour") or 0)
    half = (part("ampm") or "").lower() or {"上午": "am", "下午": "pm"}.get(part("half") or "", "")
    if half and hour <= 12:  # noqa: PLR2004
        hour = hour % 12 + (12 if half == "pm" else 0)
    midnight = hour == 24  # noqa: PLR2004 - the end of the day, as railways print it
    at = datetime(  # noqa: DTZ001 - its zone is read next
        int(part("year") or 0),
        month,
        day,
        0 if midnight else hour,
        int(part("minute") or 0),
        int(part("seconds") or 0),
        int((part("fraction") or "").ljust(6, "0")[:6]),
    )
    if midnight:
        if at.minute or at.second:
            return Instant(None, UNREADABLE)
        at += timedelta(days=1)
    printed = part("zone")
    if not printed:
        return _of(at, zone)
    found = _zone(printed)
    return Instant(None, ZONE_AMBIGUOUS) if found is None else _of(at.replace(tzinfo=found), zone)


def _zone(printed: str) -> tzinfo | None:
    printed = printed.strip("[]()")
    if found := PRINTED_OFFSET.fullmatch(printed):
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return timezone(-offset if found["sign"] == "-" else offset)
    known = ZONES_OF_ONE_MEANING.get(printed.lower())
    if known is not None or "/" not in printed:
        return known
    try:
        return ZoneInfo(printed)
    except (ZoneInfoNotFoundError, ValueError):
        return None
