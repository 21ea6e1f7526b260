from crawlers.boards.vendors import WeiboSummaryPage


class WeiboSummaryHtml(WeiboSummaryPage):
    name = "weibo_summary_html"
    title_zh = "微博热搜（网页）"
    title_en = "Weibo hot search, web page"
    start_urls = ["https://s.weibo.com/top/summary?cate=realtimehot"]
    homepage = "https://s.weibo.com/top/summary"
    known_from = "recorded 2021-07-26"
    stands_in_for = "weibo_side_hotsearch"
    expected_count = (40, 52)
