from crawlers.boards.board import JsonBoard


class IqiyiRank(JsonBoard):
    name = "iqiyi_rank"
    title_zh = "爱奇艺热播榜"
    title_en = "iQIYI most watched"
    start_urls = [
        "https://mesh.if.iqiyi.com/portal/pcw/rankList/comSecRankList?category_id=-1&page_st=0&tag=0&pg_num=1"
    ]
    homepage = "https://www.iqiyi.com/ranks1/-1/0"
    known_from = "recorded 2026-10"
    headers = {"Referer": "https://www.iqiyi.com/"}
    cadence_minutes = 120
    expected_count = (15, 50)
    heat_unit = "heat"
    entries_at = "data.items.0.contents"
    fields = {
        "title": "title",
        "rank": "order",
        "heat": "mainIndex",
        "native_id": "id",
        "url": "pageUrl",
        "category": "tags",
        "excerpt": "desc",
        "label": "badgeIndex",
    }
