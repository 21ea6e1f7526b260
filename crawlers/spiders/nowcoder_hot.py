from crawlers.boards.board import JsonBoard
from pipelines.captures import Json

FEED_POST = 74


class NowcoderHot(JsonBoard):
    name = "nowcoder_hot"
    title_zh = "牛客热帖"
    title_en = "Nowcoder hot posts"
    start_urls = ["https://gw-c.nowcoder.com/api/sparta/hot-search/top-hot-pc?size=20"]
    homepage = "https://www.nowcoder.com/"
    known_from = "documented 2026-07-06"
    headers = {"Referer": "https://www.nowcoder.com/"}
    cadence_minutes = 30
    expected_count = (10, 25)
    archive_names = ("nowcoder",)
    heat_unit = "heat"
    entries_at = "data.result"
    fields = {
        "title": "title",
        "heat": "hotValueFromDolphin",
        "native_id": "id",
        "excerpt": "desc",
        "feed_id": "feed_id",
    }
    url_template = (
        "https://www.nowcoder.com/feed/main/detail/{feed_id}",
        "https://www.nowcoder.com/discuss/{native_id}",
    )

    @classmethod
    def adapt(cls, row: dict[str, Json]) -> dict[str, Json]:
        """The row with the id that its page goes by: a post of the feed has one of its own."""
        return {**row, "feed_id": row.get("uuid")} if row.get("type") == FEED_POST else row
