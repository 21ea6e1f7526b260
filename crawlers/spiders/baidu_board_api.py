from crawlers.boards.vendors import BaiduBoard


class BaiduBoardApi(BaiduBoard):
    name = "baidu_board_api"
    title_zh = "百度热搜"
    title_en = "Baidu hot search"
    start_urls = ["https://top.baidu.com/api/board?platform=pc&tab=realtime"]
    homepage = "https://top.baidu.com/board?tab=realtime"
    known_from = "recorded 2026-10-09"
    expected_count = (40, 52)
    archive_names = ("baidu",)
