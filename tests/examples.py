"""How many examples a property is tried with: all of them in ``make test-all``, a part in ``make test``."""

from hypothesis import settings

QUICK = "quick"
QUICK_PART = 8
"""The quick suite tries every eighth: what breaks, breaks for many."""

USUAL = 100


def register_profiles() -> None:
    """No example has a deadline, for the machine may be busy; ``--hypothesis-profile quick`` tries fewer."""
    settings.register_profile("full", deadline=None, max_examples=USUAL)
    settings.register_profile(QUICK, deadline=None, max_examples=USUAL // QUICK_PART)
    settings.load_profile("full")


def examples(most: int = USUAL) -> settings:
    """So many examples, or the quick suite's part of them."""
    is_quick = settings.get_current_profile_name() == QUICK
    return settings(max_examples=max(1, most // QUICK_PART) if is_quick else most)
