from crawlers.boards.vendors import BaiduTab


class BaiduFinanceHtml(BaiduTab):
    name = "baidu_finance_html"
    title_zh = "百度财经榜"
    title_en = "Baidu finance board"
    start_urls = ["https://top.baidu.com/board?tab=finance"]
    homepage = "https://top.baidu.com/board?tab=finance"
    known_from = "code"
    cadence_minutes = 30
    expected_count = (20, 52)
