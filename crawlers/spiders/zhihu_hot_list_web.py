from crawlers.boards.board import JsonBoard


class ZhihuHotListWeb(JsonBoard):
    name = "zhihu_hot_list_web"
    title_zh = "知乎热榜"
    title_en = "Zhihu hot list"
    start_urls = ["https://www.zhihu.com/api/v3/feed/topstory/hot-list-web?limit=20&desktop=true"]
    homepage = "https://www.zhihu.com/hot"
    known_from = "recorded 2021-12"
    headers = {"Referer": "https://www.zhihu.com/hot"}
    expected_count = (15, 50)
    archive_names = ("zhihu",)
    heat_unit = "heat"
    entries_at = "data"
    # The second places are those of api.zhihu.com, which serves the same list to apps.
    fields = {
        "title": ("target.title_area.text", "target.title"),
        "url": "target.link.url",
        "heat": ("target.metrics_area.text", "detail_text"),
        "excerpt": ("target.excerpt_area.text", "target.excerpt"),
        "native_id": ("target.link.url", "target.url", "target.id"),
        "answer_count": ("feed_specific.answer_count", "target.answer_count"),
        "trend": ("target.label_area.trend", "trend"),
        "created": "target.created",
    }
    native_id_pattern = r"(\d+)/?(?:[?#].*)?$"
    url_template = "https://www.zhihu.com/question/{native_id}"
