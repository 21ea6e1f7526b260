from crawlers.boards.board import JsonBoard


class ZhihuTopsearch(JsonBoard):
    name = "zhihu_topsearch"
    title_zh = "知乎热搜"
    title_en = "Zhihu top searches"
    start_urls = ["https://www.zhihu.com/topsearch"]
    homepage = "https://www.zhihu.com/topsearch"
    known_from = "recorded 2026-08-18"
    cadence_minutes = 30
    # From some networks the page comes whole but with an empty list, for days on end.
    expected_count = (15, 30)
    json_in = '<script id="js-initialData" type="text/json">{json}</script>'
    entries_at = "initialState.topsearch.data"
    fields = {
        "title": ("queryDisplay", "realQuery"),
        "excerpt": "queryDescription",
        "url": "redirectLink",
        "query": ("realQuery", "queryDisplay"),
        "is_new": "isNew",
    }
    url_template = "https://www.zhihu.com/search?type=content&q={query}"
