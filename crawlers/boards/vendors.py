"""What several boards of one source have in common: each board then says only what is its own."""

import re

from crawlers.boards.board import HtmlBoard, JsonBoard
from crawlers.boards.description import Row
from crawlers.boards.reading import Paths
from pipelines.captures import Json

TOPIC = re.compile(r"#([^#]*[^#\s][^#]*)#")

WEIBO_VISITOR = "https://passport.weibo.com/visitor/genvisitor2?cb=visitor_gray_callback"


def without_topic_signs(title: str) -> str:
    """The words of a topic of Weibo, "#…#"; any other title as it is."""
    topic = TOPIC.fullmatch(title.strip())
    return topic.group(1) if topic else title


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
        words = without_topic_signs(printed)
        return {**row, "word": words, "word_scheme": row.get("word_scheme") or printed.strip()}


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

    visitor_url = WEIBO_VISITOR
    cadence_minutes = 20
    expected_count = (10, 52)


class WeiboTopics(WeiboCategoryBand):
    """Topics of Weibo with how often they were spoken of and read; the numbers may be missing."""

    heat_unit = "discussions"
    entries_at = ("data.statuses", "data.band_list")
    fields = {
        "title": "topic",
        "rank": "rank",
        "heat": "mention",
        "category": "category",
        "excerpt": "summary",
        "native_id": "mid",
        "read_count": "read",
        "claimed_by": "claim",
    }
    url_template = "https://s.weibo.com/weibo?q=%23{title}%23"


class WeiboSummaryPage(HtmlBoard):
    """A list of s.weibo.com/top/summary: a table, or on phones a list."""

    headers = {"Referer": "https://s.weibo.com/"}
    visitor_url = WEIBO_VISITOR
    heat_unit = "searches"
    list_at = "#pl_top_realtimehot table tbody"
    # The later places are those of the pages that phones get, one for searches and one for topics,
    # and of a table cut out of its page.
    entries_at = (
        "#pl_top_realtimehot tbody tr",
        "ul.list_a li",
        "ul.list_b li",
        "tr:has(td.td-02)",
    )
    pinned_when = (
        {"a[href*='Refer=new_time']@href": True},
        {"i.icon-top@class": True},
        {"i.icon_pinned@class": True},
    )
    # A dot instead of a rank: somebody paid for the place between the ranks.
    paid_when = (
        {"td.td-01": "•"},
        {"strong": "•"},
        {"a[href^='javascript']@href": True},
        {"a[href*='topic_ad=1']@href": True},
        {"td.td-03": ("商", "荐")},
    )
    fields = {
        "title": ("td.td-02 a", "article h2", "a span@text()"),
        "rank": ("td.td-01", "a strong", "a div em"),
        "heat": ("td.td-02 span", "article span", "a span em"),
        "label": ("td.td-03", "a span ~ i@class"),
        "url": ("td.td-02 a@href", "td.td-02 a@href_to", "a@href"),
        "excerpt": "article p",
    }
    labels = {
        "icon icon_new": "新",
        "icon icon_hot": "热",
        "icon icon_boil": "沸",
        "icon icon_boom": "爆",
        "icon icon_recommend": "荐",
    }

    @classmethod
    def value(cls, row: Row, paths: Paths) -> Json:
        """As on any page, but that a topic's title is its words."""
        found = super().value(row, paths)
        is_title = paths == cls.fields["title"]
        return without_topic_signs(found) if is_title and isinstance(found, str) else found


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


class TencentRanking(JsonBoard):
    """A ranking of Tencent News: events, below a card that says what the list is."""

    headers = {"Referer": "https://news.qq.com/"}
    heat_unit = "heat"
    entries_at = "idlist.0.newslist"
    # The first card says what the list is and how often it changes. What is no event has no rank.
    skipped_when = ({"articletype": "560"}, {"hotEvent": None})
    pinned_when = ({"hotEvent.is_top": 1},)
    fields = {
        "title": ("title", "hotEvent.title"),
        "rank": "hotEvent.ranking",
        "heat": "hotEvent.hotScore",
        "excerpt": ("abstract", "nlpAbstract"),
        "url": ("url", "surl"),
        "native_id": "id",
        "outlet": ("source", "chlname"),
        "comment_count": "comments",
        "published": "timestamp",
    }
    url_template = "https://new.qq.com/rain/a/{native_id}"


class BilibiliVideos(JsonBoard):
    """Videos of Bilibili with their views."""

    heat_unit = "views"
    entries_at = "data.list"
    fields = {
        "title": "title",
        "heat": "stat.view",
        "label": "rcmd_reason.content",
        "category": ("tnamev2", "tname"),
        "excerpt": "desc",
        "native_id": "bvid",
        "like_count": "stat.like",
        "reply_count": "stat.reply",
        "published": "pubdate",
    }
    url_template = "https://www.bilibili.com/video/{native_id}"
