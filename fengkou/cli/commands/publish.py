"""Swap in a new read-only copy for analysts, and Parquet beside it."""

from dataclasses import asdict

from fengkou.cli.terminal import AsJson, out, print_json
from fengkou.home import Home


def publish(as_json: AsJson = False) -> None:
    from fengkou import operations

    published = operations.publish_home(Home.from_environment())
    if as_json:
        print_json(asdict(published))
        return
    out.print(f"{published.file}  {published.size_bytes / 1e6:.1f} MB", soft_wrap=True)
    out.print(f"Read it from anywhere: duckdb -readonly {published.file}", soft_wrap=True)
