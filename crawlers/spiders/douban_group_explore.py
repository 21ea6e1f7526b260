from crawlers.boards.board import HtmlBoard


class DoubanGroupExplore(HtmlBoard):
    name = "douban_group_explore"
    title_zh = "豆瓣小组讨论精选"
    title_en = "Douban group picks"
    start_urls = ["https://www.douban.com/group/explore"]
    homepage = "https://www.douban.com/group/explore"
    known_from = "code"
    headers = {"Referer": "https://www.douban.com/group/"}
    cadence_minutes = 30
    expected_count = (20, 30)
    heat_unit = "likes"
    messy = True
    list_at = ".article"
    entries_at = ".channel-item"
    fields = {
        "title": "h3 a",
        "url": "h3 a@href",
        "heat": ".likes",
        "category": ".source a",
        "excerpt": ".block p",
        "published": "span.pubtime",
    }
    native_id_pattern = r"/topic/(\d+)"
