"""How sure the shape of a board's page is: what its description was made from."""

import re
from enum import StrEnum

WRITTEN = re.compile(r"(?P<kind>[a-z]+)(?: (?P<date>\d{4}(?:-\d{2}){0,2}))?")


class Evidence(StrEnum):
    """From the surest to the least sure."""

    RECORDED = "recorded"
    SISTER = "sister"
    DOCUMENTED = "documented"
    CODE = "code"


SAID = {
    Evidence.RECORDED: "recorded response",
    Evidence.SISTER: "recorded response of a sister list",
    Evidence.DOCUMENTED: "documentation",
    Evidence.CODE: "other people's code only, proved by no response",
}

DATED = (Evidence.RECORDED, Evidence.SISTER)


def problem(known_from: str) -> str:
    """What is wrong with a board's ``known_from``, as a sentence; empty when it is right."""
    match = WRITTEN.fullmatch(known_from)
    if match is None or match["kind"] not in set(Evidence):
        kinds = ", ".join(Evidence)
        return f'known_from = "{known_from}", expected one of {kinds}, and a date. Correct it.'
    if Evidence(match["kind"]) in DATED and match["date"] is None:
        return f'known_from = "{known_from}" names no date. Write "{known_from} 2026-10-09".'
    return ""


def sentence(known_from: str) -> str:
    """What a board's ``known_from`` says, for a reader: "recorded response, 2026-10-09"."""
    match = WRITTEN.fullmatch(known_from)
    if match is None:
        return "its operator's description"
    said = SAID[Evidence(match["kind"])]
    return f"{said}, {match['date']}" if match["date"] else said
