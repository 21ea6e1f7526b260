from crawlers.boards.board import JsonBoard


class BilibiliPopular(JsonBoard):
    name = "bilibili_popular"
    title_zh = "哔哩哔哩综合热门"
    title_en = "Bilibili popular videos"
    start_urls = ["https://api.bilibili.com/x/web-interface/popular?ps=20&pn=1"]
    homepage = "https://www.bilibili.com/v/popular/all"
    known_from = "recorded 2026-10-09"
    # With the front page as Referer the host answers -352 after a while.
    headers = {"Referer": "https://www.bilibili.com/v/popular/all"}
    cadence_minutes = 30
    expected_count = (15, 20)
    archive_names = ("bilibili-hot-video",)
    heat_unit = "views"
    entries_at = "data.list"
    fields = {
        "title": "title",
        "heat": "stat.view",
        "label": "rcmd_reason.content",
        "category": ("tnamev2", "tname"),
        "excerpt": "desc",
        "native_id": "bvid",
        "like_count": "stat.like",
        "reply_count": "stat.reply",
        "published": "pubdate",
    }
    url_template = "https://www.bilibili.com/video/{native_id}"
