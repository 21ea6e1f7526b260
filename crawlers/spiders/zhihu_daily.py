from crawlers.boards.board import JsonBoard


class ZhihuDaily(JsonBoard):
    name = "zhihu_daily"
    title_zh = "知乎日报"
    title_en = "Zhihu Daily"
    start_urls = ["https://daily.zhihu.com/api/4/news/latest"]
    homepage = "https://daily.zhihu.com/"
    known_from = "code"
    headers = {"Referer": "https://daily.zhihu.com/"}
    cadence_minutes = 120
    expected_count = (3, 20)
    # Editors choose the stories; what is of another type than 0 is no story.
    entries_at = "stories"
    skipped_when = ({"type": True},)
    fields = {
        "title": "title",
        "url": "url",
        "native_id": "id",
        "excerpt": "hint",
    }
    url_template = "https://daily.zhihu.com/story/{native_id}"
