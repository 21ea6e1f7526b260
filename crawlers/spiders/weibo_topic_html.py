from crawlers.boards.vendors import WeiboSummaryPage


class WeiboTopicHtml(WeiboSummaryPage):
    name = "weibo_topic_html"
    title_zh = "微博话题榜（网页）"
    title_en = "Weibo topic band, web page"
    start_urls = ["https://s.weibo.com/top/summary?cate=topicband"]
    homepage = "https://s.weibo.com/top/summary?cate=topicband"
    known_from = "code"
    stands_in_for = "weibo_topic_band"
    cadence_minutes = 20
    expected_count = (10, 52)
    heat_unit = "discussions"
