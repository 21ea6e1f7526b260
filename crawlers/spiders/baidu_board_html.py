from crawlers.boards.vendors import BaiduTab


class BaiduBoardHtml(BaiduTab):
    name = "baidu_board_html"
    title_zh = "百度热搜（网页）"
    title_en = "Baidu hot search, web page"
    start_urls = ["https://top.baidu.com/board?tab=realtime"]
    homepage = "https://top.baidu.com/board?tab=realtime"
    known_from = "code"
    stands_in_for = "baidu_board_api"
    cadence_minutes = 10
    expected_count = (30, 52)
