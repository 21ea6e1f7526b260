from crawlers.boards.board import JsonBoard


class V2exHot(JsonBoard):
    name = "v2ex_hot"
    title_zh = "V2EX 最热主题"
    title_en = "V2EX hot topics"
    start_urls = ["https://www.v2ex.com/api/topics/hot.json"]
    homepage = "https://www.v2ex.com/?tab=hot"
    known_from = "recorded 2026-03-15"
    cadence_minutes = 30
    expected_count = (5, 20)
    heat_unit = "replies"
    entries_at = ("",)
    fields = {
        "title": "title",
        "heat": "replies",
        "category": "node.title",
        "url": "url",
        "native_id": "id",
        "created": "created",
        "last_modified": "last_modified",
    }
    url_template = "https://www.v2ex.com/t/{native_id}"
