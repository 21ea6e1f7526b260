from crawlers.boards.board import FeedBoard


class GoogleTrendsRss(FeedBoard):
    name = "google_trends_rss"
    title_zh = "Google 趋势（台湾）"
    title_en = "Google Trends, Taiwan"
    start_urls = ["https://trends.google.com/trending/rss?geo=TW"]
    homepage = "https://trends.google.com/trending?geo=TW"
    known_from = "recorded 2026-10-08"
    cadence_minutes = 60
    expected_count = (5, 30)
    heat_unit = "searches"
    # Every item's own link is the feed's address: it identifies nothing.
    fields = {
        "title": "title",
        "heat": "approx_traffic",
        "excerpt": ("news_item.news_item_title", "news_item.0.news_item_title"),
        "news_url": ("news_item.news_item_url", "news_item.0.news_item_url"),
        "published": "pubDate",
    }
    url_template = "https://trends.google.com/trends/explore?geo=TW&q={title}"
    upstream_at = ("channel.lastBuildDate", "channel.pubDate")
