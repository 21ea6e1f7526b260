from crawlers.boards.board import JsonBoard


class Kr36Rank(JsonBoard):
    name = "kr36_rank"
    title_zh = "36氪人气榜"
    title_en = "36Kr popular articles"
    start_urls = ["https://gateway.36kr.com/api/mis/nav/home/nav/rank/hot"]
    homepage = "https://www.36kr.com/hot-list/catalog"
    known_from = "documented 2026-06-09"
    headers = {"Content-Type": "application/json; charset=utf-8"}
    method = "POST"
    # A browser sends the time of its clock; whether any time will do was never tried.
    body = '{"partner_id":"wap","param":{"siteId":1,"platformId":2},"timestamp":1767225600000}'
    cadence_minutes = 30
    expected_count = (20, 50)
    archive_names = ("36kr-renqi",)
    heat_unit = "saves"
    # The later places are those of its sisters: rank/video, rank/comment and rank/collect.
    entries_at = ("data.hotRankList", "data.videoList", "data.remarkList", "data.collectList")
    fields = {
        "title": "templateMaterial.widgetTitle",
        "heat": "templateMaterial.statCollect",
        "native_id": ("itemId", "templateMaterial.itemId"),
        "published": ("publishTime", "templateMaterial.publishTime"),
        "read_count": "templateMaterial.statRead",
        "comment_count": "templateMaterial.statComment",
        "like_count": "templateMaterial.statPraise",
    }
    url_template = "https://www.36kr.com/p/{native_id}"
