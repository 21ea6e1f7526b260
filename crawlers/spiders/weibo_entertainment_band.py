from crawlers.boards import JsonBoard


class WeiboEntertainmentBand(JsonBoard):
    name = "weibo_entertainment_band"
    title_zh = "微博文娱榜"
    title_en = "Weibo entertainment band"
    start_urls = ["https://weibo.com/ajax/statuses/entertainment"]
    homepage = "https://weibo.com/hot/entertainment"
    headers = {"Referer": "https://weibo.com/"}
    visitor_url = "https://passport.weibo.com/visitor/genvisitor2?cb=visitor_gray_callback"
    cadence_minutes = 20
    expected_count = (10, 52)
    heat_unit = "searches"
    # Grade C: known from code only. Without a visitor cookie the host answers 200 and no rows.
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
