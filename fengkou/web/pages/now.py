"""What is hot and what is about to be, as of the newest capture: the hour digest, live."""

from datetime import timedelta

from fengkou.web.answers import Answer, page
from fengkou.web.asked import Asked
from pipelines.digest.contents import Period
from pipelines.digest.render.csv import to_csv
from pipelines.digest.render.json import to_json
from pipelines.digest.render.layout import lay_out
from pipelines.digest.render.phrases import duration
from warehouse.readers.digest import make_digest

OLD_AFTER = timedelta(hours=3)
"""Boards are asked at least hourly: by then three rounds are missing."""


def now(asked: Asked) -> Answer:
    digest = make_digest(asked.con, asked.at, Period.HOUR)

    def html() -> str:
        return page(
            asked,
            "now.html.jinja",
            heading=asked.words.say("web.now"),
            sheet=lay_out(digest, asked.language),
            old=_old(asked),
        )

    return Answer(
        html=html,
        json=lambda: to_json(digest, asked.language).encode(),
        csv=lambda: to_csv(digest, asked.language),
    )


def _old(asked: Asked) -> str:
    """That nothing was captured lately; empty where something was."""
    age = asked.now - asked.at
    if age < OLD_AFTER:
        return ""
    # Whole hours: pages are kept, and made anew by the hour.
    span = duration(age // timedelta(hours=1) * 60, asked.words)
    return asked.words.say("web.old", span=span)
