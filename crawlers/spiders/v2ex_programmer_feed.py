from crawlers.boards.board import JsonBoard


class V2exProgrammerFeed(JsonBoard):
    name = "v2ex_programmer_feed"
    title_zh = "V2EX 程序员节点"
    title_en = "V2EX programmer node"
    start_urls = ["https://www.v2ex.com/feed/programmer.json"]
    homepage = "https://www.v2ex.com/go/programmer"
    known_from = "code"
    cadence_minutes = 30
    expected_count = (10, 50)
    entries_at = "items"
    fields = {
        "title": "title",
        "url": ("url", "id"),
        "published": "date_published",
        "modified": "date_modified",
    }
    native_id_pattern = r"/t/(\d+)"
