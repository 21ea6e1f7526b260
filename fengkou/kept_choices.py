"""What a build chose, kept beside the published copy where whoever collects reads it without a lock."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path

from crawlers.durable_file import read_json, replace_file

log = logging.getLogger(__name__)


def keep_choice(file: Path, choice: Mapping[str, object]) -> None:
    """Write a choice by board, whole or not at all."""
    replace_file(file, json.dumps(choice, indent=1, sort_keys=True).encode())


def read_kept(file: Path) -> Mapping[str, object]:
    """What was kept; empty where nothing was, or where the file cannot be read: the next build writes it."""
    try:
        return read_json(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning(
            "a kept choice is taken as empty until the next build writes it",
            extra={"file": file, "found": error},
        )
        return {}
