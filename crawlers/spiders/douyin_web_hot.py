from crawlers.boards.board import JsonBoard


class DouyinWebHot(JsonBoard):
    name = "douyin_web_hot"
    title_zh = "抖音热点榜"
    title_en = "Douyin hot list"
    start_urls = [
        "https://www.douyin.com/aweme/v1/web/hot/search/list/?device_platform=webapp&aid=6383&channel=channel_pc_web&detail_list=1"
    ]
    homepage = "https://www.douyin.com/hot"
    known_from = "recorded 2026-10-09"
    headers = {"Referer": "https://www.douyin.com/"}
    visitor_url = "https://login.douyin.com/"
    expected_count = (40, 51)
    archive_names = ("douyin",)
    heat_unit = "heat"
    entries_at = "data.word_list"
    # The pinned line was word_type 2 in 2021 and is 14 now; it never had a place of its own.
    pinned_when = ({"word_type": (14, 2)}, {"is_n1": True}, {"position": None, "hot_value": 0})
    paid_when = ({"ad_data": True}, {"label": 2})
    fields = {
        "title": "word",
        "rank": "position",
        "heat": "hot_value",
        "label": "label",
        "native_id": "sentence_id",
        "event_time": "event_time",
        "view_count": "view_count",
        "video_count": "video_count",
    }
    labels = {
        "1": "新",
        "2": "商",
        "3": "热",
        "4": "爆",
        "5": "首发",
        "16": "辟谣",
        "17": "热议",
        "20": "解读",
    }
    # A word without an id has no page of its own; it can be searched for.
    url_template = (
        "https://www.douyin.com/hot/{native_id}",
        "https://www.douyin.com/search/{title}",
    )
    upstream_at = "extra.now"
