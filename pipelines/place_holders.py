"""Words that programs print where they have nothing to print."""

PLACE_HOLDERS = frozenset(
    (
        "undefined",
        "null",
        "none",
        "nan",
        "n/a",
        "na",
        "nil",
        "#",
        "-",
        "--",
        "0",
        "-1",
        "false",
        "true",
        "[object object]",
        "{}",
        "[]",
    )
)
"""What programs print where there is no id or no address: not the same thing twice."""
