from crawlers.boards.vendors import WeiboCategoryBand


class WeiboTechnologyBand(WeiboCategoryBand):
    name = "weibo_technology_band"
    title_zh = "微博科技榜"
    title_en = "Weibo technology band"
    start_urls = ["https://weibo.com/ajax/statuses/technology"]
    homepage = "https://weibo.com/hot/technology"
    known_from = "sister 2026-09-06"
    expected_count = (10, 32)
