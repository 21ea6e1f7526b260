from crawlers.boards.board import JsonBoard


class HupuHotTopics(JsonBoard):
    name = "hupu_hot_topics"
    title_zh = "虎扑热榜"
    title_en = "Hupu hot topics"
    start_urls = ["https://m.hupu.com/hot"]
    homepage = "https://m.hupu.com/hot"
    known_from = "documented 2026-10-03"
    cadence_minutes = 20
    expected_count = (15, 30)
    heat_unit = "heat"
    json_in = '<script id="__NEXT_DATA__" type="application/json">{json}</script>'
    # A topic has no page that anybody's code tells of.
    entries_at = "props.pageProps.res"
    fields = {
        "title": "tagName",
        "rank": "rank",
        "heat": "heat",
        "native_id": "tagId",
        "category": "competitionType",
    }
