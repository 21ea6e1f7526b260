from crawlers.boards.vendors import WeiboCategoryBand


class WeiboLifeBand(WeiboCategoryBand):
    name = "weibo_life_band"
    title_zh = "微博生活榜"
    title_en = "Weibo life band"
    start_urls = ["https://weibo.com/ajax/statuses/life"]
    homepage = "https://weibo.com/hot/life"
    known_from = "sister 2026-09-06"
