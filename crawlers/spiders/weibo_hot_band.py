from crawlers.boards.vendors import WeiboBand


class WeiboHotBand(WeiboBand):
    name = "weibo_hot_band"
    title_zh = "微博热搜榜"
    title_en = "Weibo hot band"
    start_urls = ["https://weibo.com/ajax/statuses/hot_band"]
    homepage = "https://weibo.com/hot/search"
    known_from = "recorded 2026-08"
    stands_in_for = "weibo_side_hotsearch"
    cadence_minutes = 10
    expected_count = (40, 52)
