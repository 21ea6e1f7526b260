"""The published copy: a DuckDB file and Parquet that analysts read while the pipeline writes.

The copy is swapped in with one rename. Whoever has the old file open keeps reading it whole; whoever
opens it after reads the new one.
"""

import os
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.connection import PUBLISHED_FILE, WAREHOUSE_FILE, expect_no_folder, log_of
from warehouse.sql import quoted

COPY = """
import os, shutil, sys
source, target = sys.argv[1:]
shutil.copyfile(source, target)
with open(target, "rb+") as copied:
    os.fsync(copied.fileno())
"""

PARQUET_TABLES = (
    "boards",
    "calls",
    "captures",
    "entries",
    "forecast_record",
    "forecasts",
    "new_words",
    "rising",
    "token_days",
    "topic_aliases",
    "topic_boards",
    "topic_hours",
    "topic_titles",
    "topics",
    "trending_tokens",
    "verdicts",
)
"""What people load elsewhere."""


@dataclass(frozen=True, slots=True)
class Published:
    """The file that was swapped in, its size in bytes, and the Parquet files beside it."""

    file: Path
    size_bytes: int
    parquet: tuple[Path, ...]


PARQUET_FOLDER = "parquet"

READ_ONLY = 0o444  # a client that writes to the copy would leave it unlike the warehouse
READ_AND_WRITE = 0o666


def sync_directory(directory: Path) -> None:
    """Make renames in it outlast a power cut."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def publish(con: duckdb.DuckDBPyConnection, home: Path, published: Path) -> Published:
    """Swap in a copy of the warehouse that ``con`` has open under ``home``, and Parquet of its marts.

    Raises WarehouseDamagedError where a folder stands in the place of a file.
    """
    published.mkdir(parents=True, exist_ok=True)
    file = published / PUBLISHED_FILE
    targets = (_parquet_file(published, table) for table in PARQUET_TABLES)
    expect_no_folder(file, log_of(file), *published.glob(".*.partial"), *targets)
    for left in published.glob(".*.partial"):
        left.unlink()  # what a killed publish left
    con.execute("CHECKPOINT")
    partial = published / f".{PUBLISHED_FILE}.partial"
    # In a child: reading the file in this process and closing it again would drop DuckDB's lock on it,
    # for POSIX locks belong to the process and go with the first close.
    subprocess.run(  # noqa: S603 - our own interpreter, our own text
        [sys.executable, "-I", "-c", COPY, str(home / WAREHOUSE_FILE), str(partial)], check=True
    )
    partial.chmod(_readable_as(published) & READ_ONLY)
    partial.replace(file)
    # A client that opened the copy for writing and died leaves a log that fits no other file.
    log_of(file).unlink(missing_ok=True)
    return Published(file, file.stat().st_size, tuple(_write_parquet(con, published)))


def _parquet_file(published: Path, table: str) -> Path:
    return published / PARQUET_FOLDER / f"{table}.parquet"


def _readable_as(folder: Path) -> int:
    """The mode of a folder: an operator who opens it to analysts opens what is published in it."""
    return stat.S_IMODE(folder.stat().st_mode)


def _write_parquet(con: duckdb.DuckDBPyConnection, published: Path) -> list[Path]:
    folder = published / PARQUET_FOLDER
    if not folder.exists():
        folder.mkdir()
        folder.chmod(_readable_as(published))
    written = []
    for table in PARQUET_TABLES:
        target = _parquet_file(published, table)
        partial = published / f".{table}.partial"
        con.execute(f"COPY mart.{table} TO {quoted(partial)} (FORMAT parquet, COMPRESSION zstd)")
        partial.chmod(_readable_as(folder) & READ_AND_WRITE)
        partial.replace(target)
        written.append(target)
    sync_directory(published)
    sync_directory(folder)
    return written
