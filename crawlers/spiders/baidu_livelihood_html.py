from crawlers.boards import JsonBoard


class BaiduLivelihoodHtml(JsonBoard):
    name = "baidu_livelihood_html"
    title_zh = "百度民生榜"
    title_en = "Baidu livelihood board"
    start_urls = ["https://top.baidu.com/board?tab=livelihood"]
    homepage = "https://top.baidu.com/board?tab=livelihood"
    headers = {"Referer": "https://top.baidu.com/"}
    cadence_minutes = 30
    expected_count = (20, 52)
    heat_unit = "heat"
    json_in = "<!--s-data:{json}-->"
    # Since December 2025 the rows are sometimes one level deeper.
    entries_at = ("data.cards.0.content", "data.cards.0.content.0.content")
    pinned_at = ("data.cards.0.topContent", "data.cards.0.content.0.topContent")
    pinned_when = ({"isTop": True},)
    fields = {
        "title": ("word", "query"),
        "heat": "hotScore",
        "label": ("labelTagName", "hotTag"),
        "excerpt": "desc",
        "url": ("rawUrl", "url", "appUrl"),
        "query": "query",
        "trend": "hotChange",
    }
    url_template = "https://www.baidu.com/s?wd={title}"
    upstream_at = "data.cards.0.updateTime"
