from crawlers.boards.board import JsonBoard


class XimalayaRank(JsonBoard):
    name = "ximalaya_rank"
    title_zh = "喜马拉雅免费榜·头条"
    title_en = "Ximalaya free albums, headlines"
    start_urls = [
        "https://www.ximalaya.com/revision/rank/v2/element/code?typeCode=free&clusterCode=toutiao"
    ]
    homepage = "https://www.ximalaya.com/top/"
    known_from = "recorded 2026-09-27"
    headers = {"Referer": "https://www.ximalaya.com/top/"}
    cadence_minutes = 360
    # Deleted albums keep their place in ids and are left out of albums.
    expected_count = (20, 100)
    heat_unit = "plays in all"
    entries_at = "data.rankList.0.albums"
    fields = {
        "title": "albumTitle",
        "heat": "playCount",
        "excerpt": "description",
        "url": "albumUrl",
        "native_id": "id",
        "trend": "rankingPositionChange",
        "updated": "lastUptrackAtStr",
    }
    url_template = "https://www.ximalaya.com/album/{native_id}"
