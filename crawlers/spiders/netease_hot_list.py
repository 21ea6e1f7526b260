from crawlers.boards.board import JsonBoard


class NeteaseHotList(JsonBoard):
    name = "netease_hot_list"
    title_zh = "网易新闻热榜"
    title_en = "NetEase News hot list"
    start_urls = ["https://gw.m.163.com/nc-main/api/v1/hqc/no-repeat-hot-list?source=hotTag"]
    homepage = "https://m.163.com/hot"
    known_from = "documented 2026-04-19"
    headers = {"Referer": "https://m.163.com/"}
    cadence_minutes = 20
    expected_count = (15, 50)
    heat_unit = "heat"
    entries_at = "data.items"
    fields = {
        "title": "title",
        "heat": "hotValue",
        "native_id": "contentId",
        "url": "url",
        "category": "type",
        "outlet": "source",
        "comment_count": "commentCount",
    }
    url_template = "https://c.m.163.com/news/a/{native_id}.html"
