from crawlers.boards.board import JsonBoard


class CsdnHotRank(JsonBoard):
    name = "csdn_hot_rank"
    title_zh = "CSDN 全站综合热榜"
    title_en = "CSDN hot rank"
    start_urls = ["https://blog.csdn.net/phoenix/web/blog/hot-rank?page=0&pageSize=30"]
    homepage = "https://blog.csdn.net/rank/list"
    known_from = "recorded 2026-10-10"
    headers = {"Referer": "https://blog.csdn.net/rank/list"}
    cadence_minutes = 60
    expected_count = (20, 50)
    heat_unit = "heat"
    entries_at = "data"
    # pcHotRankScore is the same score as the page prints it: "1.5w".
    fields = {
        "title": "articleTitle",
        "heat": ("hotRankScore", "pcHotRankScore"),
        "url": "articleDetailUrl",
        "native_id": "productId",
        "view_count": "viewCount",
        "comment_count": "commentCount",
        "favor_count": "favorCount",
        "period": "period",
    }
