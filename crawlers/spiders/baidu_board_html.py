from crawlers.boards import JsonBoard


class BaiduBoardHtml(JsonBoard):
    name = "baidu_board_html"
    title_zh = "百度热搜（网页）"
    title_en = "Baidu hot search, web page"
    start_urls = ["https://top.baidu.com/board?tab=realtime"]
    homepage = "https://top.baidu.com/board?tab=realtime"
    headers = {"Referer": "https://top.baidu.com/"}
    cadence_minutes = 10
    expected_count = (30, 52)
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
