from crawlers.boards.board import JsonBoard


class DoubanHotSearch(JsonBoard):
    name = "douban_hot_search"
    title_zh = "豆瓣热搜"
    title_en = "Douban hot searches"
    start_urls = ["https://m.douban.com/rexxar/api/v2/chart/hot_search_board?count=10&start=0"]
    homepage = "https://www.douban.com/"
    known_from = "code"
    headers = {"Referer": "https://www.douban.com/gallery/"}
    cadence_minutes = 30
    expected_count = (5, 10)
    heat_unit = "heat"
    entries_at = ("",)
    # The row's own uri opens the app: douban://douban.com/search/result?q=…
    fields = {"title": "name", "heat": "score", "trend": "trend_flag"}
    url_template = "https://www.douban.com/search?q={title}"
