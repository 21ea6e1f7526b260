import re

from crawlers.boards.board import HtmlBoard
from crawlers.boards.description import Row
from pipelines.captures import Kind

PAID = "lapin|神券|优惠|补贴|京东"


class IthomeRank(HtmlBoard):
    name = "ithome_rank"
    title_zh = "IT之家日榜"
    title_en = "ITHome daily ranking"
    start_urls = ["https://m.ithome.com/rankm/"]
    homepage = "https://m.ithome.com/rankm/"
    known_from = "recorded 2026-09-30"
    cadence_minutes = 30
    expected_count = (8, 50)
    heat_unit = "comments"
    # The lists of the day, the week and the month stand on one page, each in a box of its own.
    list_at = ".rank-box"
    entries_at = ".rank-box:not(.rank-box ~ .rank-box) .placeholder"
    fields = {
        "title": ".plc-title",
        "url": "a@href",
        "heat": ".review-num",
        "rank": ".rank-num",
        "published": ".post-time",
    }
    native_id_pattern = r"/(\d+)\.html?"

    @classmethod
    def kind_of(cls, row: Row) -> Kind | None:
        # lapin is the shop of the house; its offers stand among the news, unmarked but for words.
        address, title = cls.value(row, "a@href"), cls.value(row, ".plc-title")
        return Kind.PAID if re.search(PAID, f"{address} {title}") else None
