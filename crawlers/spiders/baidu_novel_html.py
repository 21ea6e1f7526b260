from crawlers.boards.vendors import BaiduTab


class BaiduNovelHtml(BaiduTab):
    name = "baidu_novel_html"
    title_zh = "百度小说榜"
    title_en = "Baidu novel board"
    start_urls = ["https://top.baidu.com/board?tab=novel"]
    homepage = "https://top.baidu.com/board?tab=novel"
    known_from = "code"
    cadence_minutes = 60
    expected_count = (20, 52)
