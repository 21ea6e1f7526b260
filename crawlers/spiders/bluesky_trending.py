from crawlers.boards.board import JsonBoard


class BlueskyTrending(JsonBoard):
    name = "bluesky_trending"
    title_zh = "Bluesky 趋势"
    title_en = "Bluesky trending topics"
    start_urls = ["https://public.api.bsky.app/xrpc/app.bsky.unspecced.getTrends?limit=25"]
    homepage = "https://bsky.app/"
    known_from = "documented 2026-09"
    cadence_minutes = 30
    expected_count = (3, 25)
    heat_unit = "posts"
    # getTrendingTopics, the older address, keeps its rows in topics and counts no posts.
    entries_at = ("trends", "topics")
    fields = {
        "title": ("displayName", "topic"),
        "heat": "postCount",
        "category": "category",
        "excerpt": "description",
        "url": "link",
        "status": "status",
        "started": "startedAt",
    }
    native_id_pattern = r"/feed/(\w+)"
    url_template = "https://bsky.app/search?q={title}"
