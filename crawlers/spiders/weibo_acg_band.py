from crawlers.boards.vendors import WeiboCategoryBand


class WeiboAcgBand(WeiboCategoryBand):
    name = "weibo_acg_band"
    title_zh = "微博 ACG 榜"
    title_en = "Weibo animation, comics and games band"
    start_urls = ["https://weibo.com/ajax/statuses/acg"]
    homepage = "https://weibo.com/hot/acg"
    known_from = "sister 2026-09-06"
    expected_count = (10, 32)
