"""What a user can mend, told in one line; anything else is a fault of ours and shows its traceback."""


class FengkouError(Exception):
    """What was found, where, what was expected, what to do next."""


class NothingCollectedError(FengkouError):
    """The warehouse holds no list yet."""
