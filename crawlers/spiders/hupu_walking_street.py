from crawlers.boards.board import JsonBoard


class HupuWalkingStreet(JsonBoard):
    name = "hupu_walking_street"
    title_zh = "虎扑步行街主干道"
    title_en = "Hupu walking street threads"
    start_urls = ["https://m.hupu.com/api/v2/bbs/topicThreads?topicId=1&page=1"]
    homepage = "https://bbs.hupu.com/all-gambia"
    known_from = "code"
    cadence_minutes = 20
    expected_count = (10, 30)
    heat_unit = "replies"
    entries_at = "data.topicThreads"
    fields = {
        "title": "title",
        "heat": "replies",
        "native_id": "tid",
    }
    url_template = "https://bbs.hupu.com/{native_id}.html"
