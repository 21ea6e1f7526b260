"""A rule is written once: no second copy of its number stands where the rule is meant."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import rules
from warehouse.sql import read_sql

ROOT = Path(rules.__file__).parents[1]
ROOMS = ("benchmarks", "dagster_project", "fengkou", "pipelines", "warehouse")
RULES = {name: value for name, value in vars(rules).items() if name.isupper()}

HOURS = r"(?:INTERVAL '?{0}'? HOURS?|to_hours\({0}\)|timedelta\(hours={0}\)|\b{0} \* HOUR\b)"
DAYS = r"(?:INTERVAL '?{0}'? DAYS?|to_days\({0}\)|timedelta\(days={0}\))"

MEANT = {
    "TOP_RANK": r"rank\w*(?:\[\w+\])?\)? *(?:<=|>) *{0}\b|\bTOP\w* *= *{0}\b",
    "TOP_PART": r"rank\w* \* {0}\b|\bPART\w* *= *{0}\b",
    "DEEPEST_RANK": r"\b999_?999\b",
    "HOTTEST": r"heat\w*\)+ *[<>]=? *1e18\b|\b10 *\*\* *18\b",
    "REACH_BAND_EDGES": r"\(1, 2, 3, 5, 10, 20\)",
    "STAY_GAP_HOURS": rf"(?:>|\w_at \+|\bSTAY\w* =) *{HOURS}",
    "PRESENT_HOURS": rf"captured_at *> *\S+ - {HOURS}|\bPRESENT\w* *= *(?:{{0}}|180)\b",
    "STAND_IN_MINUTES": r"\w_at [-+] (?:INTERVAL '?{0}'? MINUTES?|to_minutes\({0}\))",
    "SHANGHAI_HOURS": rf"\w_at\)? \+ {HOURS}|\bSHANGHAI\w* *= *(?:{{0}}\b|{HOURS})",
    "CALL_HORIZON_HOURS": rf"made_at \+ {HOURS}|\w_at\S* - {HOURS} THEN|^HOURS *= *{{0}}\b",
    "LONG_HORIZON_HOURS": rf"made_at \+ {HOURS}",
    "SHORT_HORIZON_HOURS": rf"made_at \+ {HOURS}",
    "HORIZONS_HOURS": r"\(1, 3, 6\)",
    "STAY_RUNGS_MINUTES": r"\(5, 30, 60\b",
    "STAY_MINUTES": r"\(30, 60, 180, 360\)",
    "CALL_CHANCE": r"chance\w* *>= *0?\.55\b|\bCALL\w* *= *0?\.55\b",
    "UNSEEN_MINUTES_PER_HOUR": r"longest\w* *<= *INTERVAL",
    "STAY_OUTCOME_HOURS": rf"began_at \+ {HOURS}|\bKNOWN_AFTER *= *{HOURS}",
    "RELIABILITY_BINS": r"chance\w* \* {0}\b|^BINS *= *{0}\b",
    "SPREAD_LISTS": r"list_count\w* *(?:>=|<) *{0}\b|^LISTS *= *{0}\b",
    "SPREAD_HOURS": rf"<= *[\w.]*window_start \+ {HOURS}|\bSPREAD\w* *= *{HOURS}",
    "SPREAD_AGE_BANDS_MINUTES": r"\b60, 360, 1_?440\b|age_minutes\w* *[<>]=? *(?:60|360|1_?440)\b",
    "SPREAD_DAYS": rf"\$at - {DAYS}",
    "SPREAD_RATE_HOURS": r"\b(?:12600|25200)\b|\bRATE_HOURS *= *{0}\b",
    "STORYLINE_HOURS": rf"joined_at\S* (?:<|>=) *\S+ - {HOURS}|\bTOLD_FOR *= *{HOURS}",
    "STORYLINE_OWN_WEIGHT": r"\bOWN_WEIGHT *= *0?\.5\b|THEN 0?\.5 ELSE 1",
    "TOPIC_LIVE_HOURS": rf"(?:\$since - |\bLIVE\w* *= *){HOURS}",
    "WORD_MEMORY_DAYS": rf"(?:\$since - |window_start - |\bREMEMBERED\w* *= *){DAYS}",
}
"""How a copy of each rule's number would read, ``{0}`` being the number."""

COPIES = {
    "TOP_RANK": ("WHERE entries.rank <= 10", "board.best_rank[row] > 10", "TOP_TEN = 10"),
    "TOP_PART": ("rank * 5 <= list_length", "PART = 5"),
    "DEEPEST_RANK": ("rank > 999_999", "rank > 999999"),
    "HOTTEST": ("abs(heat) < 1e18", "10**18"),
    "REACH_BAND_EDGES": ("EDGES = (1, 2, 3, 5, 10, 20)",),
    "STAY_GAP_HOURS": ("first_seen_at - before_at > INTERVAL 12 HOUR", "STAY_ENDS = 12 * HOUR"),
    "PRESENT_HOURS": ("captured_at > $at - INTERVAL 3 HOUR", "PRESENT_MINUTES = 180"),
    "STAND_IN_MINUTES": ("captured_at + INTERVAL 5 MINUTE", "tried_at - to_minutes(5)"),
    "SHANGHAI_HOURS": ("(seen_at + INTERVAL 8 HOUR)::DATE", "SHANGHAI = timedelta(hours=8)"),
    "CALL_HORIZON_HOURS": ("top_at <= made_at + INTERVAL 3 HOUR", "HOURS = 3"),
    "LONG_HORIZON_HOURS": ("made_at + to_hours(6)",),
    "SHORT_HORIZON_HOURS": ("made_at + INTERVAL 1 HOUR",),
    "HORIZONS_HOURS": ("HOURS = (1, 3, 6)",),
    "STAY_RUNGS_MINUTES": ("RUNGS = (5, 30, 60, 180)",),
    "STAY_MINUTES": ("LASTS = (30, 60, 180, 360)",),
    "CALL_CHANCE": ("FILTER (chance_3h >= 0.55)", "CALL_FROM = 0.55"),
    "UNSEEN_MINUTES_PER_HOUR": ("longest_3h <= INTERVAL 2 HOUR",),
    "STAY_OUTCOME_HOURS": ("seen_at <= known.began_at + INTERVAL 6 HOUR", "KNOWN_AFTER = 6 * HOUR"),
    "RELIABILITY_BINS": ("floor(chance_3h * 10)", "BINS = 10"),
    "SPREAD_LISTS": ("list_count_later >= 3", "LISTS = 3"),
    "SPREAD_HOURS": ("stood.window_start <= windows.window_start + INTERVAL 6 HOUR",),
    "SPREAD_AGE_BANDS_MINUTES": ("(60, 360, 1440)", "age_minutes >= 360"),
    "SPREAD_DAYS": ("window_start >= $at - INTERVAL 28 DAY",),
    "SPREAD_RATE_HOURS": ("RATE_HOURS = 3", "+ 12600) % 86400"),
    "STORYLINE_HOURS": ("joined_at < $since - INTERVAL 72 HOUR", "TOLD_FOR = timedelta(hours=72)"),
    "STORYLINE_OWN_WEIGHT": ("OWN_WEIGHT = 0.5", "THEN 0.5 ELSE 1 END"),
    "TOPIC_LIVE_HOURS": ("$since - INTERVAL 36 HOUR", "LIVE_FOR = timedelta(hours=36)"),
    "WORD_MEMORY_DAYS": ("$since - INTERVAL 28 DAY", "REMEMBERED_FOR = timedelta(days=28)"),
}


def pattern(rule: str) -> re.Pattern[str]:
    value = RULES[rule]
    return re.compile(MEANT[rule].format("" if isinstance(value, tuple) else re.escape(str(value))))


JUDGES = {"benchmarks/clause_checks.py", "benchmarks/digest.py"}
"""What holds digests against raw lines shares nothing with what made them, not even a number."""


def sources() -> Iterator[Path]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*")):
            is_code = file.suffix in {".py", ".sql"} and file != Path(rules.__file__)
            if is_code and file.relative_to(ROOT).as_posix() not in JUDGES:
                yield file


def code_lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, without comments."""
    comment = "--" if file.suffix == ".sql" else "# "
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        yield number, line.split(comment, 1)[0]


def test_every_rule_has_a_pattern_that_would_find_its_copy() -> None:
    assert RULES.keys() == MEANT.keys() == COPIES.keys(), (
        "Say in MEANT and COPIES how a copy reads."
    )
    for rule, copies in COPIES.items():
        for copy in copies:
            assert pattern(rule).search(copy), f"{rule} would not be found in: {copy}"


@pytest.mark.parametrize("rule", MEANT)
def test_no_second_copy_of_a_rule_stands_where_it_is_meant(rule: str) -> None:
    meant = pattern(rule)
    copies = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in sources()
        for number, line in code_lines(file)
        if meant.search(line)
    ]
    ask = f"$rule_{rule.lower()} in SQL, or import it in Python"
    assert not copies, f"a copy of pipelines.rules.{rule}; ask for {ask}:\n" + "\n".join(copies)


def test_a_rule_is_asked_for_in_more_than_one_place() -> None:
    texts = [file.read_text(encoding="utf-8") for file in (*sources(), Path(rules.__file__))]
    for rule in RULES:
        asks = re.compile(rf"\b{rule}\b|\$rule_{rule.lower()}\b")
        places = sum(bool(asks.search(text)) for text in texts)
        assert places > 2 or len(asks.findall(texts[-1])) > 1, (
            f"pipelines.rules.{rule} is asked for in {places - 1} file: what one file needs stays there"
        )


def test_every_query_asks_for_rules_that_there_are() -> None:
    asking = 0
    for file in sources():
        if file.suffix == ".sql" and "warehouse" in file.parts and "migrations" not in file.parts:
            name = file.relative_to(ROOT / "warehouse").with_suffix("").as_posix()
            asking += "$rule_" in file.read_text(encoding="utf-8")
            assert "$rule_" not in read_sql(name)
    assert asking > 20
