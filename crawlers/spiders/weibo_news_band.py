from crawlers.boards.vendors import WeiboTopics


class WeiboNewsBand(WeiboTopics):
    name = "weibo_news_band"
    title_zh = "微博要闻榜"
    title_en = "Weibo news band"
    start_urls = ["https://weibo.com/ajax/statuses/news"]
    homepage = "https://weibo.com/hot/news"
    known_from = "code"
