from crawlers.boards.board import JsonBoard


class LobstersHottest(JsonBoard):
    name = "lobsters_hottest"
    title_zh = "Lobsters 最热"
    title_en = "Lobsters hottest"
    start_urls = ["https://lobste.rs/hottest.json"]
    homepage = "https://lobste.rs/"
    known_from = "recorded 2026-10"
    cadence_minutes = 30
    expected_count = (20, 25)
    heat_unit = "points"
    entries_at = ("",)
    # A text post has an empty address.
    fields = {
        "title": "title",
        "heat": "score",
        "category": "tags",
        "url": ("url", "comments_url", "short_id_url"),
        "native_id": "short_id",
        "comment_count": "comment_count",
        "created": "created_at",
    }
    url_template = "https://lobste.rs/s/{native_id}"
