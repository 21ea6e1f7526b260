from crawlers.boards.vendors import WeiboCategoryBand


class WeiboSocialBand(WeiboCategoryBand):
    name = "weibo_social_band"
    title_zh = "微博社会榜"
    title_en = "Weibo social band"
    start_urls = ["https://weibo.com/ajax/statuses/social"]
    homepage = "https://weibo.com/hot/social"
    known_from = "sister 2026-09-06"
