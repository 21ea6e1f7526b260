from crawlers.boards.board import JsonBoard


class Music163Toplist(JsonBoard):
    name = "music163_toplist"
    title_zh = "网易云音乐榜单"
    title_en = "NetEase Music charts"
    start_urls = ["https://music.163.com/api/toplist"]
    homepage = "https://music.163.com/discover/toplist"
    known_from = "recorded 2026-10-06"
    headers = {"Referer": "https://music.163.com/"}
    cadence_minutes = 360
    expected_count = (30, 100)
    heat_unit = "plays"
    # /api/toplist/detail has the same rows, with the first three songs of some.
    entries_at = "list"
    fields = {
        "title": "name",
        "heat": "playCount",
        "excerpt": "description",
        "native_id": "id",
        "update_frequency": "updateFrequency",
        "track_count": "trackCount",
        "updated": "updateTime",
    }
    url_template = "https://music.163.com/playlist?id={native_id}"
