"""Numbers that Python and SQL both need, each written once.

SQL asks for one as ``$rule_<name>``; ``warehouse.sql`` writes it in.
"""

TOP_RANK = 10
"""The top ten: what a forecast is about, and what readers call being on top."""
