import re

from crawlers.boards.board import JsonBoard
from pipelines.captures import Json

# What MediaWiki puts before the names of pages that are no articles, in English and in Chinese.
NAMESPACE = re.compile(
    r"((?:Talk|User|Wikipedia|Project|File|Image|MediaWiki|Template|Help|Category|Portal|Draft"
    r"|Module|Special|Media|讨论|討論|用户|用戶|使用者|维基百科|維基百科|文件|檔案|模板|帮助|幫助|分类|分類"
    r"|主题|主題|草稿|模块|模組|特殊|媒体|媒體)(?:[ _]talk|讨论|討論|对话|對話)?):",
    re.IGNORECASE,
)


class WikipediaMostRead(JsonBoard):
    name = "wikipedia_most_read"
    title_zh = "维基百科昨日最多阅读"
    title_en = "Chinese Wikipedia, most read yesterday"
    start_urls = [
        "https://zh.wikipedia.org/w/api.php?action=query&list=mostviewed&pvimlimit=100&format=json&formatversion=2"
    ]
    homepage = "https://zh.wikipedia.org/"
    known_from = "sister 2026-04-23"
    cadence_minutes = 360
    expected_count = (60, 100)
    heat_unit = "views"
    # The later places are those of feed/featured and of metrics/pageviews/top, which name a day.
    entries_at = ("query.mostviewed", "mostread.articles", "items.0.articles")
    # The main page and the search stand first every day. Only namespace 0 has articles.
    skipped_when = (
        {"ns": True},
        {"namespace.id": True},
        {"in_namespace": True},
        {"title": "Main_Page"},
        {"article": "Main_Page"},
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

    @classmethod
    def adapt(cls, row: dict[str, Json]) -> dict[str, Json]:
        """The row, with its namespace and its title where only the name tells them.

        The list of a day has no ns, and writes a title as addresses do: "Main_Page".
        """
        printed = row.get("article") or row.get("title")
        if not isinstance(printed, str):
            return row
        row = {"normalizedtitle": printed.replace("_", " "), **row}
        if "ns" in row or "namespace" in row:
            return row
        found = NAMESPACE.match(printed)
        return {**row, "in_namespace": found.group(1)} if found else row
