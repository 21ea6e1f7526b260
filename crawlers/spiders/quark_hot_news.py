from crawlers.boards.board import JsonBoard


class QuarkHotNews(JsonBoard):
    name = "quark_hot_news"
    title_zh = "夸克热点"
    title_en = "Quark hot news"
    start_urls = [
        "https://biz.quark.cn/api/trending/ranking/getNewsRanking?modules=hotNews&uc_param_str=dnf"
    ]
    homepage = "https://www.quark.cn/"
    known_from = "code"
    cadence_minutes = 20
    expected_count = (10, 60)
    heat_unit = "heat"
    entries_at = "data.hotNews.item"
    fields = {"title": "title", "heat": "hot", "url": "url"}
    url_template = "https://quark.sm.cn/s?q={title}"
