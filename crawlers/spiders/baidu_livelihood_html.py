from crawlers.boards.vendors import BaiduTab


class BaiduLivelihoodHtml(BaiduTab):
    name = "baidu_livelihood_html"
    title_zh = "百度民生榜"
    title_en = "Baidu livelihood board"
    start_urls = ["https://top.baidu.com/board?tab=livelihood"]
    homepage = "https://top.baidu.com/board?tab=livelihood"
    known_from = "code"
    cadence_minutes = 30
    expected_count = (20, 52)
