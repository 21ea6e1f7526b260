from crawlers.boards.board import JsonBoard


class ToutiaoHotBoard(JsonBoard):
    name = "toutiao_hot_board"
    title_zh = "今日头条热榜"
    title_en = "Toutiao hot board"
    start_urls = ["https://www.toutiao.com/hot-event/hot-board/?origin=toutiao_pc"]
    homepage = "https://www.toutiao.com/"
    known_from = "recorded 2026-10-09"
    expected_count = (40, 50)
    archive_names = ("toutiao",)
    heat_unit = "heat"
    entries_at = "data"
    pinned_at = ("fixed_top_data",)
    fields = {
        "title": "Title",
        "heat": "HotValue",
        "label": ("LabelDesc", "Label"),
        "category": "InterestCategory",
        "url": "Url",
        # ClusterId is above 2^53: readers of doubles have spoilt it already.
        "native_id": ("ClusterIdStr", "ClusterId", "Id"),
        "query": "QueryWord",
    }
    url_template = "https://www.toutiao.com/trending/{native_id}/"
    keep_query = False
