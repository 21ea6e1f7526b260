from crawlers.boards.vendors import TencentRanking


class TencentHotRanking(TencentRanking):
    name = "tencent_hot_ranking"
    title_zh = "腾讯新闻热点榜"
    title_en = "Tencent News hot ranking"
    start_urls = ["https://r.inews.qq.com/gw/event/hot_ranking_list?page_size=50"]
    homepage = "https://news.qq.com/"
    known_from = "recorded 2026-09-27"
    expected_count = (15, 51)
