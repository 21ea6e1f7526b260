"""Take out what one load brought; the next build makes everything anew without it.

What was said of it (forecasts, verdicts) stays in the ledgers. fengkou loads tells the numbers.
"""

from dataclasses import asdict
from typing import Annotated

import typer

from fengkou.cli.terminal import AsJson, out, print_json
from fengkou.home import Home


def unload(
    load_id: Annotated[int, typer.Argument(metavar="N", help="The number of the load.")],
    as_json: AsJson = False,
) -> None:
    from fengkou.loads import take_out

    gone = take_out(Home.from_environment(), load_id)
    if as_json:
        print_json(asdict(gone))
        return
    out.print(
        f"load {gone.load_id} ({gone.origin}) is out: {gone.entry_count} entries of "
        f"{gone.snapshot_count} captures",
        soft_wrap=True,
    )
    out.print("Next: fengkou build, which makes every table anew")
