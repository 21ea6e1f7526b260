from crawlers.boards.board import JsonBoard


class DevtoTop(JsonBoard):
    name = "devto_top"
    title_zh = "DEV 今日热门"
    title_en = "DEV, top of the day"
    start_urls = ["https://dev.to/api/articles?top=1&per_page=30"]
    homepage = "https://dev.to/top/week"
    known_from = "documented"
    cadence_minutes = 60
    expected_count = (20, 30)
    heat_unit = "reactions"
    entries_at = ("",)
    fields = {
        "title": "title",
        "heat": ("public_reactions_count", "positive_reactions_count", "reactions"),
        "category": ("tags", "tag_list"),
        "excerpt": "description",
        "url": ("url", "canonical_url"),
        "native_id": "id",
        "comment_count": "comments_count",
        "published": ("published_at", "published_timestamp"),
    }
