from crawlers.boards.board import JsonBoard


class WikipediaMostRead(JsonBoard):
    name = "wikipedia_most_read"
    title_zh = "维基百科昨日最多阅读"
    title_en = "Chinese Wikipedia, most read yesterday"
    start_urls = [
        "https://zh.wikipedia.org/w/api.php?action=query&list=mostviewed&pvimlimit=100&format=json&formatversion=2"
    ]
    homepage = "https://zh.wikipedia.org/"
    cadence_minutes = 360
    expected_count = (60, 100)
    heat_unit = "views"
    # The later places are those of feed/featured and of metrics/pageviews/top, which name a day.
    entries_at = ("query.mostviewed", "mostread.articles", "items.0.articles")
    # The main page and the search stand first every day; they are no articles.
    skipped_when = (
        {"ns": (-1, 4)},
        {"namespace.id": (-1, 4)},
        {"article": ("Wikipedia:首页", "Special:搜索", "Special:Search", "Main_Page")},
    )
    fields = {
        "title": ("normalizedtitle", "title", "article"),
        "heat": ("count", "views"),
        "rank": "rank",
        "excerpt": "extract",
        "url": "content_urls.desktop.page",
        "native_id": ("pageid", "wikibase_item"),
    }
    url_template = "https://zh.wikipedia.org/wiki/{title}"
