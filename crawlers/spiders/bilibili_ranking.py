from crawlers.boards.vendors import BilibiliVideos


class BilibiliRanking(BilibiliVideos):
    name = "bilibili_ranking"
    title_zh = "哔哩哔哩排行榜"
    title_en = "Bilibili ranking of all videos"
    start_urls = ["https://api.bilibili.com/x/web-interface/ranking/v2?rid=0&type=all"]
    homepage = "https://www.bilibili.com/v/popular/rank/all"
    known_from = "sister 2026-10-09"
    # Some visitors get -352, which is landed as a failure; others sign the request, this does not.
    headers = {"Referer": "https://www.bilibili.com/v/popular/rank/all"}
    cadence_minutes = 60
    expected_count = (80, 100)
    archive_names = ("bilibili-ranking",)
