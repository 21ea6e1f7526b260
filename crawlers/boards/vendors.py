"""What several boards of one source have in common: each board then says only what is its own."""

from crawlers.boards.board import JsonBoard
from pipelines.captures import Json


class WeiboList(JsonBoard):
    """A list of weibo.com, whose editor's line is a topic: "#…#", as one searches for it."""

    headers = {"Referer": "https://weibo.com/"}
    heat_unit = "searches"

    @classmethod
    def adapt(cls, row: dict[str, Json]) -> dict[str, Json]:
        """The row with its topic in word_scheme, where ranked rows have it, and the words in word."""
        printed = row.get("word")
        if not row.get("topic_flag") or not isinstance(printed, str):
            return row
        topic = printed.strip()
        words = topic.removeprefix("#").removesuffix("#")
        if not words.strip() or len(words) != len(topic) - 2:  # one sign at either end
            return row
        return {**row, "word": words, "word_scheme": row.get("word_scheme") or topic}


class WeiboBand(WeiboList):
    """A list of weibo.com/ajax/statuses: rows in band_list, an editor's line beside it."""

    entries_at = ("data.band_list", "data.realtime")
    pinned_at = ("data.hotgov", "data.hotgovs")
    pinned_when = ({"is_gov": True},)
    paid_when = ({"is_ad": True}, {"topic_ad": True}, {"is_ad_pos": True}, {"ad_type": True})
    fields = {
        "title": ("word", "note"),
        "rank": "realpos",
        "heat": "num",
        "label": ("label_name", "icon_desc"),
        "category": ("category", "flag_desc"),
        "url": "url",
        "query": ("word_scheme", "word", "note"),
        "onboard_time": "onboard_time",
    }
    url_template = "https://s.weibo.com/weibo?q={query}"


class WeiboCategoryBand(WeiboBand):
    """One of Weibo's bands by category: without a visitor's cookie the host answers 200 and no rows."""

    visitor_url = "https://passport.weibo.com/visitor/genvisitor2?cb=visitor_gray_callback"
    cadence_minutes = 20
    expected_count = (10, 52)


class BaiduBoard(JsonBoard):
    """A board of top.baidu.com: cards with rows, editors' lines beside them."""

    headers = {"Referer": "https://top.baidu.com/"}
    heat_unit = "heat"
    # For phones (platform=wise), and since December 2025 on pages too, rows may be one level deeper.
    entries_at = ("data.cards.0.content", "data.cards.0.content.0.content")
    pinned_at = ("data.cards.0.topContent", "data.cards.0.content.0.topContent")
    pinned_when = ({"isTop": True},)
    fields = {
        "title": ("word", "query"),
        "heat": "hotScore",
        "label": ("newHotName", "labelTagName", "hotTag"),
        "excerpt": "desc",
        "url": ("rawUrl", "url", "appUrl"),
        "query": "query",
        "trend": "hotChange",
    }
    # A row says the word or its code. From 794 recorded days: 3 most often, then 1; 5 and 4 are rare.
    labels = {"1": "新", "3": "热", "4": "沸", "5": "爆"}
    url_template = "https://www.baidu.com/s?wd={title}"
    upstream_at = "data.cards.0.updateTime"


class BaiduTab(BaiduBoard):
    """A tab's page, whose rows stand as JSON in a comment."""

    json_in = "<!--s-data:{json}-->"
