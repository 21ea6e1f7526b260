from crawlers.boards.board import JsonBoard


class TaobaoGuang(JsonBoard):
    name = "taobao_guang"
    title_zh = "淘宝逛一逛·穿搭"
    title_en = "Taobao themes, outfits"
    start_urls = ["https://guangtao.taobao.com/category-chuanda"]
    homepage = "https://guangtao.taobao.com/category-chuanda"
    known_from = "recorded 2026-07"
    headers = {"Accept-Language": "zh-CN,zh;q=0.9"}
    cadence_minutes = 360
    expected_count = (5, 60)
    heat_unit = "likes"
    json_in = "var b = {json};"
    # The host may answer 200 with another category's themes.
    entries_at = "loaderData.aiGuangHome.data.0.homePageData.feedsList"
    fields = {
        "title": ("floorTitle", "title"),
        "heat": "likeCount",
        "category": "seo_category",
        "excerpt": "floorSubTitle",
        "native_id": "themePageId",
        "keywords": "keywords",
    }
    url_template = "https://guangtao.taobao.com/topic-{native_id}.html"
