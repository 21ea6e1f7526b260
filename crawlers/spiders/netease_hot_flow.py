from crawlers.boards.board import JsonBoard


class NeteaseHotFlow(JsonBoard):
    name = "netease_hot_flow"
    title_zh = "网易新闻热点"
    title_en = "NetEase News hot flow"
    start_urls = ["https://m.163.com/fe/api/hot/news/flow"]
    homepage = "https://m.163.com/hot"
    known_from = "code"
    headers = {"Referer": "https://m.163.com/"}
    cadence_minutes = 20
    expected_count = (10, 50)
    # The list prints no heat.
    entries_at = ("data.list", "data.items")
    fields = {
        "title": "title",
        "native_id": ("docid", "skipID", "id"),
        "outlet": "source",
        "keyword": "_keyword",
        "published": "ptime",
    }
    url_template = "https://www.163.com/dy/article/{native_id}.html"
