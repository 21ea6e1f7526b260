"""What a page answers: for people as HTML, for programs as JSON, and where rows fit as a spreadsheet."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from fengkou.web.asked import MISSING, Asked
from fengkou.web.grid import Grid, to_csv
from fengkou.web.templates import STYLE_PATH, TEMPLATES
from pipelines.digest.render.wall_clock import clock
from pipelines.language import Language
from pipelines.messages import messages_in

ENDINGS = {"": "text/html", ".json": "application/json", ".csv": "text/csv"}
"""Ending of an address -> what is answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page in each of its forms, made when it is asked for; ``csv`` is None where no rows are."""

    html: Callable[[], str]
    json: Callable[[], bytes]
    csv: Callable[[], bytes] | None = None

    def written(self, ending: str) -> bytes:
        """The page in one form. Raises HTTPException for one that it has not."""
        if ending == ".json":
            return self.json()
        if ending == ".csv":
            if self.csv is None:
                raise HTTPException(MISSING, "This page is no table: ask for .json.")
            return self.csv()
        return self.html().encode()


def of_grids(
    asked: Asked,
    template: str,
    *grids: Grid,
    heading: str,
    document: Mapping[str, object] | None = None,
    spreadsheet: Grid | None = None,
    **shown: object,
) -> Answer:
    """A page of tables: the first is its spreadsheet where no other is. ``document`` is what programs read
    beside them."""
    return Answer(
        html=lambda: page(asked, template, heading=heading, grids=grids, **shown),
        json=lambda: to_json(
            {
                "published_at": asked.published_at.isoformat(),
                "at": asked.at.isoformat(),
                **(document or {}),
                **{grid.name: grid.records() for grid in grids},
            }
        ),
        csv=lambda: to_csv(spreadsheet or grids[0]),
    )


def page(asked: Asked, template: str, **shown: object) -> str:
    """A template of the board, filled in."""
    words = asked.words
    others = [each for each in Language if each is not asked.language]
    return TEMPLATES.get_template(template).render(
        asked=asked,
        words=words,
        style_path=STYLE_PATH,
        published=words.say("web.published", time=clock(asked.published_at, None)),
        languages=[(each, messages_in(each).say("web.language")) for each in others],
        **shown,
    )


def to_json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
