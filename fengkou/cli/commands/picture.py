"""A card of a digest as a picture for a chat: why it is told, where it stands, its curve; a PNG."""

from pathlib import Path
from typing import Annotated

import typer

from fengkou.cli.arguments import At, choice, instant
from fengkou.cli.published import head
from fengkou.cli.terminal import Lang, err, out
from fengkou.home import Home
from pipelines.language import Language


def picture(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="TOPIC", help="A topic's id, as the digest shows it, or a part of a title."
        ),
    ],
    at: At = None,
    period: Annotated[str, typer.Option("--period", help="hour or day")] = "day",
    language: Lang = Language.ZH,
    to: Annotated[
        Path | None,
        typer.Option("--out", help="The file to write; else one under digests/pictures."),
    ] = None,
) -> None:
    from fengkou import reads
    from fengkou.pictures import write_picture
    from pipelines.digest.contents import Period

    home, when, of = Home.from_environment(), instant(at), choice(Period, period)
    copy = reads.published_copy(home)
    written = write_picture(home, asked, when, of, language=language, to=to)
    out.print(head(copy))
    out.print(str(written.file), soft_wrap=True)
    if written.undrawn:
        err.print(
            f"No font of this machine draws {written.undrawn}: boxes stand for them in the picture.",
            soft_wrap=True,
        )
