from crawlers.boards.board import FeedBoard


class RedditPopularRss(FeedBoard):
    name = "reddit_popular_rss"
    title_zh = "Reddit 热门"
    title_en = "Reddit popular"
    start_urls = ["https://www.reddit.com/r/popular/.rss"]
    homepage = "https://www.reddit.com/r/popular/"
    known_from = "sister 2026-07-13"
    cadence_minutes = 30
    expected_count = (20, 25)
    # The feed says neither scores nor comments.
    fields = {
        "title": "title",
        "category": ("category.@label", "category.@term", "category"),
        "url": ("link.@href", "link.0.@href", "link"),
        "native_id": "id",
        "published": ("published", "updated"),
    }
    upstream_at = "updated"
