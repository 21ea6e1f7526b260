"""What is said of a value in a file that a person writes: a sentence of ours instead of pydantic's."""

from collections.abc import Callable, Collection
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

Value = TypeVar("Value")

SPOKEN = frozenset(("expected", "sentence", "missing", "unknown_key"))
"""Kinds of errors that say enough of a part: what is said of the whole adds nothing."""


def misfit(what: str) -> PydanticCustomError:
    """The value is not ``what`` was expected."""
    return PydanticCustomError("expected", "{what}", {"what": what})


def sentence(text: str) -> PydanticCustomError:
    """The value is spoken of by a whole sentence."""
    return PydanticCustomError("sentence", "{text}", {"text": text})


def unknown_key(text: str) -> PydanticCustomError:
    """A key that there is not: what is told stands at the key, and not at its value."""
    return PydanticCustomError("unknown_key", "{text}", {"text": text})


def options(known: Collection[str]) -> str:
    """What there is to choose from, for a sentence."""
    return ", ".join(f'"{name}"' for name in known)


def expected(what: str) -> WrapValidator:
    """Say of a value that does not fit what would, unless a part of it was spoken of already."""

    def check(value: object, inner: ValidatorFunctionWrapHandler) -> object:
        try:
            return inner(value)
        except ValidationError as error:
            if any(found["type"] in SPOKEN for found in error.errors()):
                raise
            raise misfit(what) from None

    return WrapValidator(check)


def must(what: str, holds: Callable[[Value], bool]) -> AfterValidator:
    """A value that is not ``what`` was expected, by a question that is asked of it."""

    def check(value: Value) -> Value:
        if not holds(value):
            raise misfit(what)
        return value

    return AfterValidator(check)


def chosen(known: Collection[str]) -> Any:
    """The type of a text that is one of those."""
    what = options(known)
    return Annotated[
        str, must(what, known.__contains__), expected(what), WithJsonSchema({"enum": [*known]})
    ]
