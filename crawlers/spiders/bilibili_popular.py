from crawlers.boards.vendors import BilibiliVideos


class BilibiliPopular(BilibiliVideos):
    name = "bilibili_popular"
    title_zh = "哔哩哔哩综合热门"
    title_en = "Bilibili popular videos"
    start_urls = ["https://api.bilibili.com/x/web-interface/popular?ps=20&pn=1"]
    homepage = "https://www.bilibili.com/v/popular/all"
    known_from = "recorded 2026-10-09"
    # With the front page as Referer the host answers -352 after a while.
    headers = {"Referer": "https://www.bilibili.com/v/popular/all"}
    cadence_minutes = 30
    expected_count = (15, 20)
    archive_names = ("bilibili-hot-video",)
