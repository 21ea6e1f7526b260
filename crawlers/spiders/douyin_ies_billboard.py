from crawlers.boards.board import JsonBoard


class DouyinIesBillboard(JsonBoard):
    name = "douyin_ies_billboard"
    title_zh = "抖音热搜词"
    title_en = "Douyin hot words"
    start_urls = ["https://www.iesdouyin.com/web/api/v2/hotsearch/billboard/word/"]
    homepage = "https://www.douyin.com/hot"
    known_from = "recorded 2026-09-10"
    stands_in_for = "douyin_web_hot"
    headers = {"Referer": "https://www.douyin.com/"}
    expected_count = (30, 51)
    heat_unit = "heat"
    # Rows are those of douyin_web_hot, with fewer fields.
    entries_at = ("word_list", "data.word_list")
    pinned_when = ({"word_type": (14, 2)}, {"is_n1": True}, {"position": None, "hot_value": 0})
    paid_when = ({"ad_data": True}, {"label": 2})
    fields = {
        "title": "word",
        "rank": "position",
        "heat": "hot_value",
        "label": "label",
        "native_id": "sentence_id",
        "event_time": "event_time",
    }
    labels = {"1": "新", "2": "商", "3": "热", "4": "爆", "5": "首发", "16": "辟谣", "17": "热议"}
    url_template = "https://www.douyin.com/search/{title}"
