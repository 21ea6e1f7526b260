from crawlers.boards.vendors import WeiboList


class WeiboSideHotsearch(WeiboList):
    name = "weibo_side_hotsearch"
    title_zh = "微博热搜"
    title_en = "Weibo hot search"
    start_urls = ["https://weibo.com/ajax/side/hotSearch"]
    homepage = "https://s.weibo.com/top/summary"
    known_from = "recorded 2026-06-04"
    expected_count = (40, 52)
    archive_names = ("weibo",)
    # hot_band, the same list under another address, keeps its rows in band_list.
    entries_at = ("data.realtime", "data.band_list")
    # hotgov carries the address of a post, its twin in hotgovs does not.
    pinned_at = ("data.hotgov", "data.hotgovs")
    pinned_when = ({"is_gov": True},)
    paid_when = ({"is_ad": True}, {"topic_ad": True}, {"is_ad_pos": True}, {"promotion": True})
    # "rank" counts from 0 and includes advertisements; "realpos" counts the real list from 1.
    fields = {
        "title": ("word", "note"),
        "rank": "realpos",
        "heat": "num",
        "label": ("label_name", "icon_desc"),
        "category": "flag_desc",
        "url": "url",
        "query": ("word_scheme", "word", "note"),
        "onboard_time": "onboard_time",
    }
    url_template = "https://s.weibo.com/weibo?q={query}"
