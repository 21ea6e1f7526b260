from crawlers.boards.vendors import WeiboCategoryBand


class WeiboEntertainmentBand(WeiboCategoryBand):
    name = "weibo_entertainment_band"
    title_zh = "微博文娱榜"
    title_en = "Weibo entertainment band"
    start_urls = ["https://weibo.com/ajax/statuses/entertainment"]
    homepage = "https://weibo.com/hot/entertainment"
    known_from = "recorded 2026-09-06"
