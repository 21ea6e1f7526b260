"""Numbers that mean the same wherever they stand, each written once: Python imports it, SQL asks for it.

In a .sql file a rule is ``$rule_<name in lowercase>``; ``warehouse.sql`` writes the number in, a tuple as a
list. What is needed in one file alone is no rule and stays there.
"""

TOP_RANK = 10
"""The top ten: what a forecast is about, and what readers call being on top."""

TOP_PART = 5
"""The top of a list is its top ten, but no more than its first fifth: four lines of a list of twenty."""

STAY_GAP_HOURS = 12
"""A stay on a list ends after so long off it: what comes back within a night is the same stay."""

PRESENT_HOURS = 3
"""A list older than this is no present list, and one that was not looked at for so long was not watched."""

STAND_IN_MINUTES = 5
"""Of the boards of one list, what another one came after within minutes did not serve it."""

SHANGHAI_HOURS = 8
"""Shanghai's clock is so far ahead of UTC, all year round; days and hours of day are told by it."""

# --- what a page can print ----------------------------------------------------------------------

DEEPEST_RANK = 999_999
"""No list is longer: a rank beyond it is an id or an instant that stands in its column."""

HOTTEST = 10**18
"""Nothing on earth was counted so far: a heat of no less is no number to compute with."""

# --- what is forecast, and what came of it ------------------------------------------------------

SHORT_HORIZON_HOURS = 1
CALL_HORIZON_HOURS = 3
"""Calls are made, and models judged, by the chance of the top ten within so long."""

LONG_HORIZON_HOURS = 6
HORIZONS_HOURS = (SHORT_HORIZON_HOURS, CALL_HORIZON_HOURS, LONG_HORIZON_HOURS)
"""The chance of the top ten is stated for each of these."""

STAY_RUNGS_MINUTES = (5, 30, 60, 120, 180, 360, 720, 1440, 2880)
"""How long a stay lasts is learnt, and held against what came, step by step between these."""

STAY_MINUTES = (30, 60, 180, 360)
"""Of those, the chance that a stay lasts so long is told for these."""

CALL_CHANCE = 0.55
"""A call is the first forecast of a stay that is no less: seven in ten of such came (docs/model-card.md)."""

UNSEEN_MINUTES_PER_HOUR = 40
"""Who did not look for longer than this, for each hour of a horizon, cannot tell that nothing came in it."""

STAY_OUTCOME_HOURS = 6
"""A title teaches whether its stay came to the top ten within so long, and is known then, good or bad."""

RELIABILITY_BINS = 10
"""Forecasts are held against what came in so many bins of equal width of the chance."""

# --- three lists --------------------------------------------------------------------------------

SPREAD_LISTS = 3
SPREAD_HOURS = 6
"""A topic has spread when it was seen on so many lists by so long after."""

SPREAD_AGE_BANDS_MINUTES = (60, 360, 1440)
"""Edges of the ages by which topics' base rates are told: 0 is younger than the first of them."""

SPREAD_DAYS = 28
"""Base rates are counted in, and trees learn from, so many days."""

SPREAD_RATE_HOURS = 3
"""A base rate's time of day is told by so many hours either way."""

# --- what a place reaches -----------------------------------------------------------------------

REACH_BAND_EDGES = (1, 2, 3, 5, 10, 20)
"""Places that reach about as far: each of the first three, for some lists give the third to a guest, then to
the fifth, the tenth, the twentieth, the rest."""

# --- topics and words ---------------------------------------------------------------------------

TOPIC_LIVE_HOURS = 36
"""A title is held beside new ones for so long after it was first seen; then it counts among the past."""

STORYLINE_HOURS = 72
"""A topic that no title joined for so long is told no more: it links no other to its storyline, and what it
was founded with counts as usual."""

STORYLINE_OWN_WEIGHT = 0.5
"""What a topic adds to the past of a name that held it to a storyline: half, or a long war would hide itself
in what is usual; none, and a word that came to stay would burst for ever."""

WORD_MEMORY_DAYS = 28
"""A word is found in what so many days showed; it is new after so long without it, and for so long."""
