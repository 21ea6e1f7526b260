from crawlers.boards import JsonBoard


class WeiboHotBand(JsonBoard):
    name = "weibo_hot_band"
    title_zh = "微博热搜榜"
    title_en = "Weibo hot band"
    start_urls = ["https://weibo.com/ajax/statuses/hot_band"]
    homepage = "https://weibo.com/hot/search"
    headers = {"Referer": "https://weibo.com/"}
    cadence_minutes = 10
    expected_count = (40, 52)
    heat_unit = "searches"
    # Grade C: known from code only. The list is that of weibo_side_hotsearch.
    entries_at = ("data.band_list", "data.realtime")
    pinned_at = ("data.hotgov", "data.hotgovs")
    pinned_when = ({"is_gov": True},)
    paid_when = ({"is_ad": True}, {"topic_ad": True}, {"is_ad_pos": True}, {"ad_type": True})
    fields = {
        "title": ("word", "note"),
        "rank": "realpos",
        "heat": "num",
        "label": ("label_name", "icon_desc"),
        "category": ("category", "flag_desc"),
        "url": "url",
        "query": ("word_scheme", "word", "note"),
        "onboard_time": "onboard_time",
    }
    url_template = "https://s.weibo.com/weibo?q={query}"
