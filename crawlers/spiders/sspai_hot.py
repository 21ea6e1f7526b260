from crawlers.boards.board import JsonBoard


class SspaiHot(JsonBoard):
    name = "sspai_hot"
    title_zh = "少数派热门文章"
    title_en = "Sspai popular articles"
    start_urls = [
        "https://sspai.com/api/v1/article/tag/page/get?limit=40&offset=0&tag=%E7%83%AD%E9%97%A8%E6%96%87%E7%AB%A0"
    ]
    homepage = "https://sspai.com/tag/%E7%83%AD%E9%97%A8%E6%96%87%E7%AB%A0"
    known_from = "recorded 2026-10"
    cadence_minutes = 360
    expected_count = (15, 40)
    archive_names = ("sspai",)
    heat_unit = "likes"
    entries_at = "data"
    fields = {
        "title": "title",
        "heat": "like_count",
        "native_id": "id",
        "excerpt": "summary",
        "comment_count": "comment_count",
        "published": "released_time",
    }
    url_template = "https://sspai.com/post/{native_id}"
