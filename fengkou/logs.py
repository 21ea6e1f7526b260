"""What can be followed: log records with fields, as lines for people or as JSON for a collector.

Modules log with the standard library, ``log.info("table built", extra={"table": …, "rows": …})``. Commands
show warnings, and nothing else until somebody asks: ``-v`` shows what was done, ``-vv`` how.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Protocol

ROOMS = ("crawlers", "warehouse", "fengkou", "dagster_project")
STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
"""What every record has; the rest are the fields that its line was given."""


class Printer(Protocol):
    """Where lines go: a console that takes what it is given as it is."""

    def print(self, text: str, *, soft_wrap: bool = False) -> None: ...


def fields(record: logging.LogRecord) -> dict[str, object]:
    """What the record was told beside its message."""
    return {name: value for name, value in vars(record).items() if name not in STANDARD}


class Lines(logging.Formatter):
    """``12:03:04 table built  table=core.entries rows=120 seconds=0.4``; the clock is the machine's."""

    def format(self, record: logging.LogRecord) -> str:
        clock = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        told = " ".join(f"{name}={_short(value)}" for name, value in fields(record).items())
        level = "" if record.levelno <= logging.INFO else f"{record.levelname.lower()}: "
        line = f"{clock} {level}{record.getMessage()}" + (f"  {told}" if told else "")
        return line + (f"\n{self.formatException(record.exc_info)}" if record.exc_info else "")


class JsonLines(logging.Formatter):
    """An object a line: ``at`` (UTC), ``level``, ``logger``, ``event`` and the record's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        row = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **fields(record),
        }
        if record.exc_info:
            row["error"] = self.formatException(record.exc_info)
        return json.dumps(row, default=str)


class _Shown(logging.Handler):
    def __init__(self, printer: Printer) -> None:
        super().__init__()
        self.printer = printer

    def format(self, record: logging.LogRecord) -> str:
        if self.formatter is None:
            # pydantic, for which quiet commands need not wait
            from fengkou.settings import LogFormat, settings  # noqa: PLC0415

            is_json = settings().log_format is LogFormat.JSON
            self.setFormatter(JsonLines() if is_json else Lines())
        return super().format(record)

    def emit(self, record: logging.LogRecord) -> None:
        self.printer.print(self.format(record), soft_wrap=True)


LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


def log_to(printer: Printer, verbosity: int = 0) -> None:
    """Show the rooms' records from now on, never less than before.

    0 shows what is to be mended, 1 also what is done, 2 or more also how.
    """
    shown = _Shown(printer)
    level = LEVELS[min(verbosity, len(LEVELS) - 1)]
    for room in ROOMS:
        logger = logging.getLogger(room)
        before = [handler for handler in logger.handlers if isinstance(handler, _Shown)]
        logger.setLevel(min(level, logger.level) if before else level)
        logger.handlers = [each for each in logger.handlers if each not in before] + [shown]
        logger.propagate = False


def _short(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if not text or " " in text else text
