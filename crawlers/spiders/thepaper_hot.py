from crawlers.boards.board import JsonBoard


class ThepaperHot(JsonBoard):
    name = "thepaper_hot"
    title_zh = "澎湃热榜"
    title_en = "The Paper hot news"
    start_urls = ["https://cache.thepaper.cn/contentapi/wwwIndex/rightSidebar"]
    homepage = "https://www.thepaper.cn/"
    known_from = "recorded 2025-12-07"
    cadence_minutes = 20
    expected_count = (10, 20)
    archive_names = ("thepaper",)
    heat_unit = "likes"
    # The channel lists of the same API keep their rows in list.
    entries_at = ("data.hotNews", "data.list")
    fields = {
        "title": "name",
        "heat": "praiseTimes",
        "category": "nodeInfo.name",
        "url": "link",
        "native_id": "contId",
        "published": "pubTimeLong",
    }
    url_template = "https://www.thepaper.cn/newsDetail_forward_{native_id}"
