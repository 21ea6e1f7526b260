from crawlers.boards.board import JsonBoard


class ApplePodcastsCn(JsonBoard):
    name = "apple_podcasts_cn"
    title_zh = "Apple 播客中国热门榜"
    title_en = "Apple Podcasts, China top 50"
    start_urls = ["https://rss.marketingtools.apple.com/api/v2/cn/podcasts/top/50/podcasts.json"]
    homepage = "https://podcasts.apple.com/cn/charts"
    known_from = "recorded 2026-09-04"
    cadence_minutes = 360
    expected_count = (40, 50)
    entries_at = "feed.results"
    fields = {
        "title": "name",
        "category": "genres.0.name",
        "url": "url",
        "native_id": "id",
        "publisher": "artistName",
        "rating": "contentAdvisoryRating",
    }
    url_template = "https://podcasts.apple.com/cn/podcast/id{native_id}"
    upstream_at = "feed.updated"
