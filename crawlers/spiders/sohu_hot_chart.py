from crawlers.boards.board import JsonBoard


class SohuHotChart(JsonBoard):
    name = "sohu_hot_chart"
    title_zh = "搜狐热榜"
    title_en = "Sohu News hot chart"
    start_urls = ["https://3g.k.sohu.com/api/channel/hotchart/hotnews.go?p1=NjY2NjY2&page=1"]
    homepage = "https://www.sohu.com/"
    known_from = "code"
    cadence_minutes = 30
    expected_count = (10, 50)
    heat_unit = "ten thousands of heat"
    entries_at = "newsArticles"
    fields = {
        "title": "title",
        "heat": "score",
        "native_id": "newsId",
        "url": "h5Link",
    }
    url_template = "https://search.sohu.com/?queryType=edit&keyword={title}"
