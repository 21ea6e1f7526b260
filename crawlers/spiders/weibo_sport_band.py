from crawlers.boards.vendors import WeiboCategoryBand


class WeiboSportBand(WeiboCategoryBand):
    name = "weibo_sport_band"
    title_zh = "微博体育榜"
    title_en = "Weibo sport band"
    start_urls = ["https://weibo.com/ajax/statuses/sport"]
    homepage = "https://weibo.com/hot/sport"
    known_from = "sister 2026-09-06"
