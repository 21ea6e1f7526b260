from crawlers.boards.board import JsonBoard


class DoubanSubjectCollection(JsonBoard):
    name = "douban_subject_collection"
    title_zh = "豆瓣书影音实时热门"
    title_en = "Douban books, films and music of the hour"
    start_urls = [
        "https://m.douban.com/rexxar/api/v2/subject_collection/subject_real_time_hotest/items?start=0&count=50"
    ]
    homepage = "https://m.douban.com/subject_collection/subject_real_time_hotest"
    known_from = "sister 2026-08"
    headers = {"Referer": "https://m.douban.com/subject_collection/subject_real_time_hotest"}
    cadence_minutes = 60
    expected_count = (5, 50)
    heat_unit = "ranking value"
    # What is not out yet has no rating, and most collections have no ranking value.
    entries_at = "subject_collection_items"
    fields = {
        "title": "title",
        "heat": "ranking_value",
        "category": ("type_name", "type"),
        "excerpt": "card_subtitle",
        "url": "url",
        "native_id": "id",
        "rating": "rating.value",
    }
