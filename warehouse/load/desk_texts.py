"""Loading the texts by which desks ran into raw: each once, so that what was told can be explained."""

import hashlib
import logging
import re
from pathlib import Path

from pipelines.landing_format import DamagedError, expect_file
from warehouse.connection import Connection, transaction

log = logging.getLogger(__name__)

NAME = re.compile(r"(?P<desk>[^.]+)\.(?P<version>[0-9a-f]{64})\.yaml")
"""A kept text: the desk, and the hash that what it told names."""


def load_desk_texts(con: Connection, folder: Path) -> int:
    """Append every text in ``folder`` that raw does not hold yet; how many.

    One that is not what its name says is told at every load, and holds back none of the others.
    """
    known = set(con.execute("SELECT desk, desk_version FROM raw.desk_texts").fetchall())
    new = []
    for file in sorted(folder.glob("*.yaml")):
        named = NAME.fullmatch(file.name)
        if named is None or named.groups() in known:
            continue
        try:
            expect_file(file.stat())
            content = file.read_bytes()
            if hashlib.sha256(content).hexdigest() != named["version"]:
                raise DamagedError("it changed after it was kept")
            new.append((named["desk"], named["version"], content.decode()))
        except (OSError, ValueError, DamagedError) as error:
            log.warning(
                "a desk's text is not what ran: put it back, or delete it",
                extra={"file": file, "found": error},
            )
    if new:
        with transaction(con):
            con.executemany("INSERT INTO raw.desk_texts VALUES (?, ?, ?)", new)
    return len(new)
