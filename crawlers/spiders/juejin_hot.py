from crawlers.boards.board import JsonBoard


class JuejinHot(JsonBoard):
    name = "juejin_hot"
    title_zh = "稀土掘金文章榜"
    title_en = "Juejin article ranking"
    start_urls = [
        "https://api.juejin.cn/content_api/v1/content/article_rank?category_id=1&type=hot"
    ]
    homepage = "https://juejin.cn/hot/articles"
    known_from = "recorded 2026"
    cadence_minutes = 30
    expected_count = (40, 50)
    archive_names = ("juejin",)
    heat_unit = "heat"
    entries_at = "data"
    fields = {
        "title": "content.title",
        "heat": "content_counter.hot_rank",
        "native_id": "content.content_id",
        "excerpt": "content.brief",
        "view_count": "content_counter.view",
        "like_count": "content_counter.like",
        "comment_count": "content_counter.comment_count",
    }
    url_template = "https://juejin.cn/post/{native_id}"
