"""An invented web: a world of stories, and a server that shows it as the boards would."""

INSTANT_HEADER = "X-Fengkou-Instant"
"""In which a replayed request says the instant that it asks for."""
