"""Where in a desk's file a value does not fit, and a sentence on it."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fengkou.desks.faults import Place, told
from fengkou.desks.yaml_text import Steps, Written


def misfits(error: ValidationError, written: Written) -> Iterator[tuple[Place, Steps, str]]:
    """Where each value stands that does not fit, the way to it, and what is told of it."""
    for found in error.errors(include_url=False, include_context=False):
        location = found["loc"]
        steps = _steps(location, written)
        place = written.place(steps)
        if found["type"] == "unknown_key":
            place = written.keys.get(steps, place)
        yield place, steps, _told(found, steps)


def _told(found: ErrorDetails, steps: Steps) -> str:
    match found["type"]:
        case "sentence" | "unknown_key":
            return found["msg"]
        case "missing":
            return f"{found['loc'][-1]} is missing. Write it."
        case "expected":
            expected = found["msg"]
        case _:
            expected = f"something else: {found['msg']}"
    if steps[:1] == ("channels",):
        what = "something else"  # which may be the secret itself
    else:
        what = told(steps[-1] if found["loc"][-1:] == ("[key]",) else found["input"])
    return f"found {what}, expected {expected}. Correct it."


def _steps(location: tuple[str | int, ...], written: Written) -> Steps:
    """pydantic's way to a value, without the names of types on it."""
    steps: Steps = ()
    for step in location:
        if (*steps, step) in written.places:
            steps = (*steps, step)
    return steps
