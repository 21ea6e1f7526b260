from crawlers.boards.board import JsonBoard


class Music163Rising(JsonBoard):
    name = "music163_rising"
    title_zh = "网易云音乐飙升榜"
    title_en = "NetEase Music rising songs"
    start_urls = ["https://music.163.com/api/playlist/detail?id=19723756"]
    homepage = "https://music.163.com/discover/toplist?id=19723756"
    known_from = "recorded 2026-10-06"
    headers = {"Referer": "https://music.163.com/"}
    cadence_minutes = 360
    expected_count = (50, 100)
    # The later version of the call answers with playlist, and shortens the names of fields.
    entries_at = ("result.tracks", "playlist.tracks")
    fields = {
        "title": "name",
        "native_id": "id",
        "artist": ("artists.0.name", "ar.0.name"),
        "album": ("album.name", "al.name"),
        "popularity": ("popularity", "pop"),
    }
    url_template = "https://music.163.com/song?id={native_id}"
    upstream_at = ("result.updateTime", "playlist.updateTime")
