from crawlers.boards.board import JsonBoard


class HackernewsFront(JsonBoard):
    name = "hackernews_front"
    title_zh = "Hacker News 首页"
    title_en = "Hacker News front page"
    start_urls = ["https://hn.algolia.com/api/v1/search?tags=front_page&hitsPerPage=30"]
    homepage = "https://news.ycombinator.com/"
    known_from = "recorded 2022"
    expected_count = (20, 34)
    heat_unit = "points"
    entries_at = "hits"
    # Companies that Y Combinator backs may place one job advertisement among the stories.
    paid_when = ({"_tags.0": "job"}, {"type": "job"})
    fields = {
        "title": ("title", "story_title"),
        "heat": "points",
        "url": ("url", "story_url"),
        "native_id": "objectID",
        "comment_count": "num_comments",
        "created": "created_at",
    }
    url_template = "https://news.ycombinator.com/item?id={native_id}"
