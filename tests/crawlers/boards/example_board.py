"""A board as an operator writes it, with most of the words that there are."""

WHOLE = """
[boards.example_hot]
kind = "json"
url = "https://api.example.com/hot?limit=50"
title_zh = "示例热榜"
title_en = "Example hot list"
entries_at = "data.list"
fields = { title = "word", url = ["link", "mobile.link"], heat = "hot", native_id = "id" }
pinned_when = [{ is_top = true }]
paid_when = [{ kind = [7, "ad"] }]
expected_count = [3, 50]
cadence_minutes = 20
archive_names = ["example"]
heat_unit = "heat"
"""
