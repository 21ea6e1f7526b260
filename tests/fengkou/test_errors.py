"""What a user can mend is told in one line; what is our fault keeps its traceback."""

import errno
import inspect
import pkgutil
from importlib import import_module

import duckdb
import pytest

from fengkou.errors import MENDABLE, OF_THE_MACHINE, FengkouError, mendable

ROOMS = ("crawlers", "pipelines", "warehouse", "fengkou", "dagster_project")

NOT_TOLD = {
    "crawlers.boards.errors.PageError": "becomes the reason of an outcome",
    "crawlers.http.address_guard.Refused": "becomes the reason of an outcome",
    "crawlers.http.throttle.RobotsUnreachable": "becomes the reason of an outcome",
    "crawlers.landing.LandingError": "becomes the reason of an outcome",
    "crawlers.places.PlaceError": "a fault of our own places.toml",
    "fengkou.desks.yaml_text.UnreadableError": "becomes a fault of its file",
    "fengkou.readme_figures.UnknownFigureError": "a fault of our own pages",
    "pipelines.messages.MessageMissingError": "a fault of our own catalogues",
    "warehouse.declaration.ModelError": "a fault of our own models",
    "warehouse.dictionary.UndescribedError": "a fault of our own models",
    "pipelines.digest.render.feed.DamagedFeedError": "the feed is made without that digest",
    "pipelines.landing_format.DamagedError": "becomes the reason of an outcome",
    "pipelines.topics.short_id.NoTopicIdError": "the text is then asked for as words",
    "warehouse.query.RowShapeError": "a fault of our own queries",
    "warehouse.sql.SqlError": "a fault of our own queries",
}


def ours() -> dict[str, type[BaseException]]:
    """Every kind of error that a room defines, by name."""
    found = {}
    for room in ROOMS:
        package = import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".spiders." in module.name or module.name.endswith("__main__"):
                continue
            for kind in vars(import_module(module.name)).values():
                if inspect.isclass(kind) and issubclass(kind, BaseException):
                    name = f"{kind.__module__}.{kind.__qualname__}"
                    found.update({name: kind} if kind.__module__.partition(".")[0] == room else {})
    return found


def test_each_kind_of_error_is_told_or_is_said_not_to_be() -> None:
    kinds = ours()
    told = {name for name, kind in kinds.items() if mendable(kind.__new__(kind)) is not None}
    assert MENDABLE - kinds.keys() == set(), "fengkou/errors.py names what is no more"
    assert told & NOT_TOLD.keys() == set()
    assert kinds.keys() - told == NOT_TOLD.keys(), (
        "A new kind of error: derive it from FengkouError, name it in fengkou/errors.py, or say in this "
        "test why nobody can mend it."
    )


@pytest.mark.parametrize("number", sorted(OF_THE_MACHINE))
def test_what_the_machine_refuses_is_told_with_the_path_and_what_to_do(number: int) -> None:
    told = mendable(OSError(number, "It is so", "/some/file"))
    assert told is not None
    assert told.startswith("/some/file: It is so. ")
    assert told.endswith(".")


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        duckdb.IOException("No space left on device"),
        duckdb.FatalException("File too large"),
        FengkouError("so it is"),
    ],
)
def test_so_is_what_a_library_could_not_have(error: Exception) -> None:
    assert mendable(error)


@pytest.mark.parametrize(
    "error", [KeyError("x"), OSError(errno.EBADF, "bad"), duckdb.BinderException("no column")]
)
def test_a_fault_of_ours_is_not_told_as_if_a_user_could_mend_it(error: Exception) -> None:
    assert mendable(error) is None
