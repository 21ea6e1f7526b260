from crawlers.boards.vendors import BaiduTab


class BaiduTeleplayHtml(BaiduTab):
    name = "baidu_teleplay_html"
    title_zh = "百度电视剧榜"
    title_en = "Baidu television series board"
    start_urls = ["https://top.baidu.com/board?tab=teleplay"]
    homepage = "https://top.baidu.com/board?tab=teleplay"
    known_from = "code"
    cadence_minutes = 60
    expected_count = (20, 52)
