from crawlers.boards.board import JsonBoard


class BilibiliHotword(JsonBoard):
    name = "bilibili_hotword"
    title_zh = "哔哩哔哩热搜"
    title_en = "Bilibili hot words"
    start_urls = ["https://s.search.bilibili.com/main/hotword?limit=30"]
    homepage = "https://www.bilibili.com/"
    known_from = "recorded 2026-10-09"
    headers = {"Referer": "https://www.bilibili.com/"}
    expected_count = (8, 50)
    archive_names = ("bilibili-hot-search",)
    heat_unit = "heat"
    # The later places are those of the search square and of the app.
    entries_at = ("list", "data.trending.list", "data.list")
    pinned_at = ("top_list", "data.trending.top_list", "data.top_list")
    paid_when = ({"stat_datas.is_commercial": "1"}, {"is_commercial": "1"})
    fields = {
        "title": ("show_name", "keyword"),
        "rank": ("pos", "position"),
        "heat": "heat_score",
        "label": "word_type",
        "native_id": "hot_id",
        "query": ("keyword", "show_name"),
        "started": "stat_datas.stime",
    }
    labels = {"4": "新", "5": "热", "7": "直播中", "8": ""}
    url_template = "https://search.bilibili.com/all?keyword={query}"
