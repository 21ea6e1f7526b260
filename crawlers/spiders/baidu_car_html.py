from crawlers.boards.vendors import BaiduTab


class BaiduCarHtml(BaiduTab):
    name = "baidu_car_html"
    title_zh = "百度汽车榜"
    title_en = "Baidu car board"
    start_urls = ["https://top.baidu.com/board?tab=car"]
    homepage = "https://top.baidu.com/board?tab=car"
    known_from = "code"
    cadence_minutes = 60
    expected_count = (20, 52)
