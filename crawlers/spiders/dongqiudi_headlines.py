from crawlers.boards.board import JsonBoard


class DongqiudiHeadlines(JsonBoard):
    name = "dongqiudi_headlines"
    title_zh = "懂球帝头条"
    title_en = "Dongqiudi football headlines"
    start_urls = ["https://api.dongqiudi.com/app/tabs/web/1.json"]
    homepage = "https://www.dongqiudi.com/"
    known_from = "code"
    headers = {"Referer": "https://www.dongqiudi.com/"}
    cadence_minutes = 30
    expected_count = (10, 50)
    archive_names = ("dongqiudi",)
    entries_at = "articles"
    paid_when = ({"is_business_ad": True},)
    fields = {
        "title": "title",
        "url": ("share", "url"),
        "native_id": "id",
        "category": "category",
        "published": ("published_at", "created_at"),
    }
    url_template = "https://www.dongqiudi.com/article/{native_id}"
