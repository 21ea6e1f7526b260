from crawlers.boards.board import HtmlBoard


class GelonghuiNews(HtmlBoard):
    name = "gelonghui_news"
    title_zh = "格隆汇资讯"
    title_en = "Gelonghui news"
    start_urls = ["https://www.gelonghui.com/news/"]
    homepage = "https://www.gelonghui.com/news/"
    known_from = "code"
    cadence_minutes = 30
    expected_count = (10, 50)
    archive_names = ("gelonghui",)
    # The page prints no heat: its order is that of time.
    entries_at = ".article-content"
    fields = {
        "title": ".detail-right h2",
        "url": ".detail-right a@href",
        "category": ".time span",
    }
    native_id_pattern = r"/(\d+)/?$"
