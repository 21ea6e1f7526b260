from crawlers.boards.board import JsonBoard
from crawlers.boards.reading import at, text_of
from pipelines.captures import Json


class KuaishouHotRank(JsonBoard):
    name = "kuaishou_hot_rank"
    title_zh = "快手热榜"
    title_en = "Kuaishou hot list"
    start_urls = ["https://www.kuaishou.com/?isHome=1"]
    homepage = "https://www.kuaishou.com/?isHome=1"
    known_from = "code"
    expected_count = (30, 51)
    archive_names = ("kuaishou",)
    heat_unit = "heat"
    json_in = "window.__APOLLO_STATE__ = {json};"
    entries_at = "items"
    pinned_when = ({"tagType": "置顶"},)
    # "rank" counts from 0, which is the pinned row's.
    fields = {
        "title": "name",
        "rank": "rank",
        "heat": "hotValue",
        "label": "tagType",
        "video_id": "photoIds.json.0",
    }
    url_template = "https://www.kuaishou.com/search/video?searchKey={title}"

    @classmethod
    def load(cls, text: str) -> Json:
        """The ranking with its rows in it: the page keeps each under an id of its own."""
        document = super().load(text)
        state = at(document, "defaultClient")
        if not isinstance(state, dict):
            return document
        lists = [at(value, "items") for key, value in state.items() if "visionHotRank(" in key]
        ids = max((found for found in lists if isinstance(found, list)), key=len, default=[])
        return {"items": [state.get(text_of(at(item, "id")) or "") for item in ids]}
