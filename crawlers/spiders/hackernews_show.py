from crawlers.boards.board import JsonBoard


class HackernewsShow(JsonBoard):
    name = "hackernews_show"
    title_zh = "Hacker News 作品展示"
    title_en = "Show HN, newest with ten points"
    # Without a date Algolia sorts by all-time fame; so the newest that ten people found good.
    start_urls = [
        "https://hn.algolia.com/api/v1/search_by_date?tags=show_hn&numericFilters=points%3E10&hitsPerPage=30"
    ]
    homepage = "https://news.ycombinator.com/show"
    known_from = "recorded 2026-07"
    cadence_minutes = 30
    expected_count = (20, 30)
    heat_unit = "points"
    entries_at = "hits"
    fields = {
        "title": ("title", "story_title"),
        "heat": "points",
        "url": ("url", "story_url"),
        "native_id": "objectID",
        "comment_count": "num_comments",
        "created": "created_at",
    }
    url_template = "https://news.ycombinator.com/item?id={native_id}"
