from crawlers.boards.board import HtmlBoard


class HupuDailyHot(HtmlBoard):
    name = "hupu_daily_hot"
    title_zh = "虎扑步行街热帖"
    title_en = "Hupu daily hot threads"
    start_urls = ["https://bbs.hupu.com/topic-daily-hot"]
    homepage = "https://bbs.hupu.com/topic-daily-hot"
    known_from = "code"
    headers = {"Referer": "https://bbs.hupu.com/"}
    cadence_minutes = 20
    expected_count = (15, 60)
    archive_names = ("hupu",)
    list_at = ".bbs-sl-web-post"
    # The page prints "replies / views" in one cell and no heat.
    entries_at = "li.bbs-sl-web-post-body"
    fields = {
        "title": "a.p-title",
        "url": "a.p-title@href",
        "replies_and_views": ".post-datum",
        "published": ".post-time",
    }
    native_id_pattern = r"/(\d+)\.html"
