from crawlers.boards.board import JsonBoard


class WallstreetcnHot(JsonBoard):
    name = "wallstreetcn_hot"
    title_zh = "华尔街见闻最热文章"
    title_en = "Wallstreetcn most read"
    start_urls = ["https://api-one.wallstcn.com/apiv1/content/articles/hot?period=all"]
    homepage = "https://wallstreetcn.com/"
    known_from = "code"
    headers = {"Referer": "https://wallstreetcn.com/"}
    cadence_minutes = 30
    expected_count = (5, 30)
    archive_names = ("wallstreetcn-hot",)
    heat_unit = "views"
    # The flow and the live wire keep their rows in items, the flow wraps each in resource.
    entries_at = ("data.day_items", "data.items", "data.week_items")
    paid_when = ({"resource_type": ("ad", "theme")},)
    fields = {
        "title": ("title", "content_text", "resource.title", "resource.content_short"),
        "heat": ("pageviews", "resource.pageviews"),
        "url": ("uri", "resource.uri"),
        "native_id": ("id", "resource.id"),
        "published": ("display_time", "resource.display_time"),
    }
    url_template = "https://wallstreetcn.com/articles/{native_id}"
