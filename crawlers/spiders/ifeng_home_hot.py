from crawlers.boards.board import JsonBoard


class IfengHomeHot(JsonBoard):
    name = "ifeng_home_hot"
    title_zh = "凤凰网热点"
    title_en = "Phoenix News hot topics"
    start_urls = ["https://www.ifeng.com/"]
    homepage = "https://www.ifeng.com/"
    known_from = "code"
    cadence_minutes = 30
    expected_count = (8, 20)
    archive_names = ("ifeng",)
    json_in = "var allData = {json};"
    # The page prints no heat: the order is all there is.
    entries_at = "hotNews1"
    fields = {"title": "title", "url": "url", "published": "newsTime"}
    native_id_pattern = r"/(\w+)(?:[?#].*)?$"
