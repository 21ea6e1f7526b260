from crawlers.boards.board import FeedBoard


class ProducthuntFeed(FeedBoard):
    name = "producthunt_feed"
    title_zh = "Product Hunt 每日新品"
    title_en = "Product Hunt daily posts"
    start_urls = ["https://www.producthunt.com/feed"]
    homepage = "https://www.producthunt.com/"
    known_from = "recorded 2026-07-13"
    cadence_minutes = 60
    expected_count = (15, 50)
    archive_names = ("producthunt",)
    # The feed counts no votes.
    fields = {
        "title": "title",
        "url": ("link.@href", "link.0.@href", "link"),
        "native_id": ("id", "guid"),
        "published": ("published", "pubDate"),
        "updated": "updated",
    }
    native_id_pattern = r"(?:^|/)([\w-]+)/?(?:[?#].*)?$"
    upstream_at = ("updated", "channel.lastBuildDate")
