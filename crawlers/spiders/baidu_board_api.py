from crawlers.boards import JsonBoard


class BaiduBoardApi(JsonBoard):
    name = "baidu_board_api"
    title_zh = "百度热搜"
    title_en = "Baidu hot search"
    start_urls = ["https://top.baidu.com/api/board?platform=pc&tab=realtime"]
    homepage = "https://top.baidu.com/board?tab=realtime"
    headers = {"Referer": "https://top.baidu.com/"}
    expected_count = (40, 52)
    archive_names = ("baidu",)
    heat_unit = "heat"
    # platform=wise nests the rows one level deeper.
    entries_at = (
        "data.cards.0.content",
        "data.cards.0.content.0.content",
    )
    pinned_at = (
        "data.cards.0.topContent",
        "data.cards.0.content.0.topContent",
    )
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
