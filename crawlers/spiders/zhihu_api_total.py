from crawlers.boards.board import JsonBoard


class ZhihuApiTotal(JsonBoard):
    name = "zhihu_api_total"
    title_zh = "知乎热榜（应用）"
    title_en = "Zhihu hot list, app"
    start_urls = ["https://api.zhihu.com/topstory/hot-lists/total?limit=50"]
    homepage = "https://www.zhihu.com/hot"
    known_from = "recorded 2026-10-09"
    stands_in_for = "zhihu_hot_list_web"
    expected_count = (20, 50)
    heat_unit = "heat"
    entries_at = "data"
    # target.url is an address of the API: it identifies a question and leads no reader to it.
    fields = {
        "title": ("target.title", "target.title_area.text"),
        "heat": ("detail_text", "target.metrics_area.text"),
        "excerpt": ("target.excerpt", "target.excerpt_area.text"),
        "label": "card_label.type",
        "native_id": ("target.url", "target.link.url", "target.id"),
        "answer_count": ("target.answer_count", "feed_specific.answer_count"),
        "follower_count": "target.follower_count",
        "trend": ("trend", "target.label_area.trend"),
        "created": "target.created",
    }
    native_id_pattern = r"(\d+)/?(?:[?#].*)?$"
    url_template = "https://www.zhihu.com/question/{native_id}"
