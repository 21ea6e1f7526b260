"""What the environment may say, in one place: each variable, its default, its meaning, and what it may be.

Read where something is wanted of them (``settings()``), not at import: a value that is refused is told in
one line. The command line checks them all where any is said, so that nobody else pays for the checks. The
folder of all state is read apart, in ``fengkou.home``: any text is a folder, so there is nothing to check.
"""

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from fengkou.errors import SettingError
from pipelines.digest.render.safe_text import web_link

PREFIX = "FENGKOU_"

HOST = re.compile(
    r"[a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\]"
)  # as it stands in a Host header, without port


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


class LogFormat(StrEnum):
    """How log lines are written."""

    LINES = "lines"
    JSON = "json"


def _served_at(said: str | None) -> str | None:
    """The address without the slash at its end."""
    if said is None:
        return None
    if web_link(said) != said or "?" in said or "#" in said:
        raise ValueError(
            "expected the http(s) address of a folder, without login, query or fragment"
        )
    return said.rstrip("/")


class Settings(BaseSettings):
    """The variables of the environment that begin with FENGKOU_; an empty one is as none."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore"
    )

    home: Path = Field(
        default=Path("var"),
        description="The folder that holds all state; relative to the present folder.",
    )
    contact: str = Field(
        default="https://example.org/fengkou",
        description="Sent with every request, so that a site can write to you: a page, or mail.",
    )
    requests_per_hour: float = Field(
        default=400.0,
        gt=0,
        le=36_000,
        description="The budget of all boards together, which the intervals of collecting keep to.",
    )
    schedules: Switch = Field(
        default=Switch.OFF,
        description="on: Dagster collects by cadence, builds and writes digests.",
    )
    ui_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        validate_default=False,
        description="Further hosts that a browser may ask the UI and the board for, beside localhost, "
        "127.0.0.1 and [::1]: names or addresses, with commas between.",
    )
    boards: Path | None = Field(
        default=None, description="The file of your own boards; else boards.toml in the home."
    )
    digest_url: Annotated[str | None, AfterValidator(_served_at)] = Field(
        default=None,
        description="Where the folder digests is served to others, such as https://example.org/fengkou: with "
        "it feeds name their own address (rel=self) and their page; without it they leave both out, which "
        "readers that were given the address do not miss.",
    )
    log_format: LogFormat = Field(
        default=LogFormat.LINES,
        description="How -v writes to standard error: lines for people, or json, an object a line.",
    )
    timeout_seconds: float = Field(
        default=20.0, gt=0, le=240, description="How long a host may take to answer a request."
    )
    circuit_failures: int = Field(
        default=3,
        ge=0,
        le=1_000,
        description="After so many failures in a row a host is left alone; 0: never.",
    )

    @field_validator("ui_hosts", mode="before")
    @classmethod
    def _are_hosts(cls, said: str) -> tuple[str, ...]:
        hosts = tuple(host.strip().lower() for host in said.split(",") if host.strip())
        # "*" would let a name that a stranger leads here pass for ours.
        if strange := [host for host in hosts if not HOST.fullmatch(host)]:
            raise ValueError(f"{strange[0]!r} is no host: no scheme, port, path or * stands in one")
        return hosts

    @field_validator("contact")
    @classmethod
    def _is_a_header(cls, contact: str) -> str:
        # It goes into a header of every request: a line break there would be a header of its own.
        if not contact.isprintable() or not contact.isascii():
            raise ValueError("only printable ASCII can be sent in a header")
        return contact


def settings() -> Settings:
    """What the environment says now. Raises SettingError that names each value that cannot be taken."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingError(_told(error)) from None


def variable(field: str) -> str:
    """The variable of a field."""
    return f"{PREFIX}{field.upper()}"


def _told(error: ValidationError) -> str:
    lines = []
    for problem in error.errors(include_url=False):
        name = variable(str(problem["loc"][0]))
        lines.append(f"{name}: found {os.environ.get(name, '')!r}. {problem['msg']}.")
    return (
        " ".join(lines) + " Change or unset it: docs/reference/settings.md lists what each may be."
    )
