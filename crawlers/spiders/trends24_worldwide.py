from crawlers.boards.board import HtmlBoard


class Trends24Worldwide(HtmlBoard):
    name = "trends24_worldwide"
    title_zh = "X 全球趋势（trends24）"
    title_en = "X trends worldwide, by trends24"
    start_urls = ["https://trends24.in/"]
    homepage = "https://trends24.in/"
    known_from = "code"
    cadence_minutes = 60
    expected_count = (5, 50)
    heat_unit = "posts"
    # A day of lists stands side by side, an hour apart; the first is the newest.
    list_at = ".list-container"
    entries_at = (
        ".list-container:not(.list-container ~ .list-container) li",
        # Without containers each list is a card.
        ".trend-card:not(.trend-card ~ .trend-card) li",
    )
    fields = {
        "title": "a.trend-link",
        "url": "a.trend-link@href",
        "heat": (".tweet-count@data-count", ".tweet-count"),
    }
    url_template = "https://x.com/search?q={title}"
