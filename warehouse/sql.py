"""Reading the .sql files that stand beside the code that runs them."""

from functools import cache
from importlib.resources import files


@cache
def read_sql(name: str) -> str:
    """The text of ``warehouse/<name>.sql``."""
    return files("warehouse").joinpath(f"{name}.sql").read_text(encoding="utf-8")
