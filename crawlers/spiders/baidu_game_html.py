from crawlers.boards.vendors import BaiduTab


class BaiduGameHtml(BaiduTab):
    name = "baidu_game_html"
    title_zh = "百度游戏榜"
    title_en = "Baidu game board"
    start_urls = ["https://top.baidu.com/board?tab=game"]
    homepage = "https://top.baidu.com/board?tab=game"
    known_from = "code"
    cadence_minutes = 60
    expected_count = (20, 52)
