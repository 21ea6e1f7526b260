from crawlers.boards.vendors import TencentRanking


class TencentPcRanking(TencentRanking):
    name = "tencent_pc_ranking"
    title_zh = "腾讯新闻热点榜（电脑）"
    title_en = "Tencent News hot ranking, for computers"
    start_urls = [
        "https://i.news.qq.com/gw/event/pc_hot_ranking_list?ids_hash=&offset=0&page_size=51&appver=15.5_qqnews_7.1.60&rank_id=hot"
    ]
    homepage = "https://news.qq.com/"
    known_from = "sister 2026-09-27"
    stands_in_for = "tencent_hot_ranking"
    expected_count = (15, 51)
