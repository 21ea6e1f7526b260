from crawlers.boards.vendors import WeiboTopics


class WeiboTopicBand(WeiboTopics):
    name = "weibo_topic_band"
    title_zh = "微博话题榜"
    title_en = "Weibo topic band"
    start_urls = [
        "https://weibo.com/ajax/statuses/topic_band?sid=v_weibopro&category=all&page=1&count=50"
    ]
    homepage = "https://weibo.com/hot/topic"
    known_from = "code"
