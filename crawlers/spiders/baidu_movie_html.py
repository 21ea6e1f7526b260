from crawlers.boards.vendors import BaiduTab


class BaiduMovieHtml(BaiduTab):
    name = "baidu_movie_html"
    title_zh = "百度电影榜"
    title_en = "Baidu film board"
    start_urls = ["https://top.baidu.com/board?tab=movie"]
    homepage = "https://top.baidu.com/board?tab=movie"
    known_from = "code"
    cadence_minutes = 60
    expected_count = (20, 52)
