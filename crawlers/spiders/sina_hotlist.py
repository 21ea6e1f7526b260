from crawlers.boards.board import JsonBoard


class SinaHotlist(JsonBoard):
    name = "sina_hotlist"
    title_zh = "新浪热榜"
    title_en = "Sina hot list"
    start_urls = ["https://newsapp.sina.cn/api/hotlist?newsId=HB-1-snhs%2Ftop_news_list-all"]
    homepage = "https://sinanews.sina.cn/h5/top_news_list.d.html"
    known_from = "code"
    cadence_minutes = 20
    expected_count = (20, 60)
    heat_unit = "heat"
    # A category that was given up answers status -1 and no list.
    entries_at = "data.hotList"
    fields = {
        "title": "info.title",
        "heat": "info.hotValue",
        "url": ("base.base.url", "info.url"),
        "native_id": "base.base.uniqueId",
    }
