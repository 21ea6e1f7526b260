from crawlers.boards.board import JsonBoard


class SmzdmRank(JsonBoard):
    name = "smzdm_rank"
    title_zh = "什么值得买好文日榜"
    title_en = "SMZDM articles of the day"
    start_urls = ["https://post.smzdm.com/rank/json_more/?unit=1"]
    homepage = "https://post.smzdm.com/hot_1/"
    known_from = "recorded 2026-10-10"
    # Opened as a page in a browser; other visitors get HTML that probes them (status 202).
    headers = {
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Upgrade-Insecure-Requests": "1",
        "Sec-Fetch-Dest": "document",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Site": "none",
    }
    cadence_minutes = 60
    expected_count = (10, 30)
    heat_unit = "saves"
    entries_at = "data"
    fields = {
        "title": "title",
        "heat": "collection_count",
        "category": "channel_name",
        "excerpt": "content",
        "url": ("jump_link", "article_url"),
        "native_id": "article_id",
        "comment_count": "comment_count",
        "like_count": "up_count",
        "published": "time_sort",
    }
