"""What each figure of two titles adds to the log-odds that they tell one story."""

from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {
    "intercept": -2.65,  # as learnt, less 0.7: of pairs met fewer are one story than of those labelled
    "characters": 1.485,  # share of character weight that is common, 0 to 1
    "characters_contained": 3.021,  # the same of the lighter title, 0 to 1: a headline in a longer one
    "busy_characters": 0.013,  # weights of common characters times how busy they are, summed
    "log_hours": -0.431,  # log(1 + hours between their first sights)
    "same_source": -0.661,  # editors of a list seldom print one thing twice
    "heaviest": 0.063,  # weight of the rarest common word
    "second": 0.161,  # and of the next: two rare words in common are worth more than one
    "busiest": 0.045,  # weight times busyness of one common word, the largest
    "common_count": -0.283,  # number of common words: at the same weight, more of them are plainer
    "common_person": 0.065,  # weight of common names of people
    "common_noun": 0.066,  # and of other nouns
    "lone_number": -0.113,  # heaviest number or code that the other side lacks; the lesser of both
    "lone_latin": -0.133,  # the same of words in Latin letters
    "lone_person": -0.061,  # of people
    "lone_place": -0.188,  # of places
    "lone_name": -0.178,  # of bodies and other names
    "numbers": 0.478,  # both print numbers
    "numbers_differ": -0.726,  # share of these that only one has, 0 to 1
    "one_plain_word": -0.373,  # a single common word, and it names nothing
    "counts_differ": -0.833,  # rounds, days, scores, games: no count is the same
    "frame": -2.089,  # share of common frame around two fillings, 0 to 1
    "in_a_row": -4.0,  # counts differ in titles that are else alike: round 6 and round 7
    "two_matches": -20.0,  # one side in common, another opponent
    "are_opposite": -20.0,  # opposites, or a result told the other way round
}
"""A weight for each figure, 0 or 1 unless told otherwise; weights of terms are natural logarithms."""

BY_HAND = ("in_a_row", "two_matches", "are_opposite")
"""Weights that are not learnt: six of seven labelled pairs with such a figure are two stories, and fixtures
of a tournament that were taken for one match grow into a topic of a hundred titles."""

CONFLICTS = ("counts_differ", "frame", "in_a_row", "two_matches", "are_opposite")
"""Figures of ``contradictions``."""

AGAINST = (
    "lone_number", "lone_latin", "lone_person", "lone_place", "lone_name", "numbers_differ", *CONFLICTS,
)  # fmt: skip
"""What one title says and the other does not, or denies."""
