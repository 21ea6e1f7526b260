from crawlers.boards.board import JsonBoard


class StackexchangeHot(JsonBoard):
    name = "stackexchange_hot"
    title_zh = "Stack Overflow 热门问题"
    title_en = "Stack Overflow hot questions"
    start_urls = [
        "https://api.stackexchange.com/2.3/questions?order=desc&sort=hot&site=stackoverflow&pagesize=30"
    ]
    homepage = "https://stackoverflow.com/questions?tab=Hot"
    known_from = "recorded 2026-10"
    # Without a key an address may ask 300 times a day.
    cadence_minutes = 60
    expected_count = (20, 30)
    heat_unit = "votes"
    entries_at = "items"
    fields = {
        "title": "title",
        "heat": "score",
        "category": "tags",
        "url": "link",
        "native_id": "question_id",
        "answer_count": "answer_count",
        "view_count": "view_count",
        "created": "creation_date",
    }
    url_template = "https://stackoverflow.com/questions/{native_id}"
