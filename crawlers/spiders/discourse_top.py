from crawlers.boards.board import JsonBoard


class DiscourseTop(JsonBoard):
    name = "discourse_top"
    title_zh = "Discourse Meta 每日热门"
    title_en = "Discourse Meta, top of the day"
    start_urls = ["https://meta.discourse.org/top.json?period=daily"]
    homepage = "https://meta.discourse.org/top?period=daily"
    known_from = "documented"
    cadence_minutes = 60
    expected_count = (5, 50)
    heat_unit = "likes"
    entries_at = "topic_list.topics"
    skipped_when = ({"archived": True},)
    pinned_when = ({"pinned_globally": True}, {"pinned": True})
    fields = {
        "title": ("title", "fancy_title"),
        "heat": "like_count",
        "excerpt": "excerpt",
        "native_id": "id",
        "reply_count": "reply_count",
        "view_count": "views",
        "category_id": "category_id",
        "created": "created_at",
    }
    url_template = "https://meta.discourse.org/t/{native_id}"
