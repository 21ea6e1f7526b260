from crawlers.boards.board import JsonBoard


class So360Hot(JsonBoard):
    name = "so360_hot"
    title_zh = "360 实时热搜"
    title_en = "360 Search hot searches"
    start_urls = ["https://ranks.hao.360.com/mbsug-api/hotnewsquery?type=news&realhot_limit=50"]
    homepage = "https://trends.so.com/hot"
    known_from = "code"
    cadence_minutes = 20
    expected_count = (30, 50)
    heat_unit = "heat"
    entries_at = ("",)
    fields = {
        "title": ("long_title", "title"),
        "rank": "rank",
        "heat": "score",
        "url": "url",
        "excerpt": ("brieftxt", "sumtxt"),
        "query": "title",
    }
    url_template = "https://www.so.com/s?q={title}"
