from crawlers.boards.board import JsonBoard


class TencentHotRanking(JsonBoard):
    name = "tencent_hot_ranking"
    title_zh = "腾讯新闻热点榜"
    title_en = "Tencent News hot ranking"
    start_urls = ["https://r.inews.qq.com/gw/event/hot_ranking_list?page_size=50"]
    homepage = "https://news.qq.com/"
    known_from = "recorded 2026-09-27"
    headers = {"Referer": "https://news.qq.com/"}
    expected_count = (15, 51)
    heat_unit = "heat"
    entries_at = "idlist.0.newslist"
    # The first card says what the list is and how often it changes.
    skipped_when = ({"articletype": "560"},)
    pinned_when = ({"hotEvent.is_top": 1},)
    fields = {
        "title": ("title", "hotEvent.title"),
        "rank": "hotEvent.ranking",
        "heat": "hotEvent.hotScore",
        "excerpt": ("abstract", "nlpAbstract"),
        "url": ("url", "surl"),
        "native_id": "id",
        "outlet": ("source", "chlname"),
        "comment_count": "comments",
        "published": "timestamp",
    }
    url_template = "https://new.qq.com/rain/a/{native_id}"
