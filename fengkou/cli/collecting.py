"""What became of a collection, in words: board by board, or in one sentence where nothing was reached."""

from collections.abc import Mapping

from crawlers.landing import Landed
from pipelines.captures import Status

UNREACHED = {
    "dns": "their hosts have no address here",
    "connection_refused": "nothing listens at their addresses",
    "connection_lost": "the connection was lost",
    "timeout": "no host answered in time",
    "proxy_refused": "the proxy let nothing through",
}
"""What says nothing of a board, but of the way to it."""

FEWEST = 2
"""One board that cannot be reached is that board's trouble."""


def outcome_line(outcome: Landed) -> str:
    """A board and what it answered."""
    is_ok = outcome.status is Status.OK
    said = f"{outcome.entry_count} entries" if is_ok else f"{outcome.reason}: {outcome.detail}"
    return f"{'ok    ' if is_ok else 'failed'} {outcome.board:26} {said}"


def outage(asked: int, failed: Mapping[str, str]) -> str | None:
    """What to tell where no board could be reached at all; ``failed`` is board -> reason."""
    reasons = set(failed.values())
    if asked < FEWEST or len(failed) < asked or not reasons <= UNREACHED.keys():
        return None
    why = " and ".join(UNREACHED[reason] for reason in sorted(reasons))
    return (
        f"No network: none of {asked} boards could be reached ({why}). Look at the connection and at "
        "HTTPS_PROXY; each failure is landed with its reason (fengkou status). Without a network: make run."
    )
