import re

from crawlers.boards.board import JsonBoard
from crawlers.boards.description import Row


class HuxiuMoment(JsonBoard):
    name = "huxiu_moment"
    title_zh = "虎嗅24小时"
    title_en = "Huxiu moments"
    start_urls = ["https://moment-api.huxiu.com/web-v3/moment/feed?platform=www"]
    homepage = "https://www.huxiu.com/moment/"
    known_from = "code"
    headers = {"Referer": "https://www.huxiu.com/moment/"}
    cadence_minutes = 30
    expected_count = (10, 30)
    heat_unit = "likes"
    # The version before this one kept its rows a day deeper.
    entries_at = ("data.moment_list.datalist", "data.moment_list.datalist.0.datalist")
    fields = {
        "title": "title",
        "heat": "count_info.agree_num",
        "excerpt": "excerpt",
        "native_id": "object_id",
        "published": "publish_time",
    }
    url_template = "https://www.huxiu.com/moment/{native_id}.html"

    @classmethod
    def adapt(cls, row: Row) -> Row:
        # A moment has no title: its first line serves as one.
        if row.get("title") or not isinstance(row.get("content"), str):
            return row
        first, _, rest = re.sub(r"<br\s*/?>", "\n", row["content"]).strip().partition("\n")
        return {**row, "title": first.rstrip("。"), "excerpt": rest.strip()}
