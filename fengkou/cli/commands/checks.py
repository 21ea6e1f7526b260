"""Look whether every claim about the warehouse holds, on the published copy. Exit 1: one is broken."""

from dataclasses import asdict
from typing import Annotated

import typer

from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, out, print_json
from fengkou.home import Home


def checks(
    shown: Annotated[int, typer.Option("--shown", min=1, help="How many rows to show.")] = 3,
    as_json: AsJson = False,
) -> None:
    from fengkou import reads

    home = Home.from_environment()
    copy = reads.published_copy(home)
    judged = reads.checks(home, shown)
    broken = [check for check in judged if check.row_count]
    if as_json:
        print_json(with_age(copy, {"checks": [asdict(check) for check in judged]}))
    else:
        out.print(head(copy))
        for check in judged:
            said = f"broken by {check.row_count} rows" if check.row_count else "holds"
            out.print(f"{check.table:24} {check.name}: {said}", soft_wrap=True)
            if check.row_count:
                out.print(f"{check.description}\n{check.rows}", soft_wrap=True)
        out.print(f"{len(judged) - len(broken)} claims hold, {len(broken)} are broken")
    raise typer.Exit(1 if broken else 0)
