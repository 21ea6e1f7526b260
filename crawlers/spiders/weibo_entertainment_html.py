from crawlers.boards.vendors import WeiboSummaryPage


class WeiboEntertainmentHtml(WeiboSummaryPage):
    name = "weibo_entertainment_html"
    title_zh = "微博文娱榜（网页）"
    title_en = "Weibo entertainment band, web page"
    start_urls = ["https://s.weibo.com/top/summary?cate=entrank"]
    homepage = "https://s.weibo.com/top/summary?cate=entrank"
    known_from = "code"
    stands_in_for = "weibo_entertainment_band"
    cadence_minutes = 20
    expected_count = (10, 52)
