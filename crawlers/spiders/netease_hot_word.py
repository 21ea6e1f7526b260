from crawlers.boards.board import JsonBoard


class NeteaseHotWord(JsonBoard):
    name = "netease_hot_word"
    title_zh = "网易新闻热搜词"
    title_en = "NetEase News hot words"
    start_urls = ["https://gw.m.163.com/search/api/v1/pc-wap/hot-word"]
    homepage = "https://m.163.com/search"
    known_from = "code"
    headers = {"Referer": "https://m.163.com/"}
    cadence_minutes = 20
    expected_count = (5, 30)
    heat_unit = "exposures"
    entries_at = "data.hotWordList"
    fields = {
        "title": ("hotWord", "searchWord"),
        "heat": ("expNum", "hotValue"),
        "url": "pcSkipUrl",
    }
    url_template = "https://m.163.com/search?keyword={title}"
