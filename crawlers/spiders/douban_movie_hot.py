from crawlers.boards.board import JsonBoard


class DoubanMovieHot(JsonBoard):
    name = "douban_movie_hot"
    title_zh = "豆瓣近期热门电影"
    title_en = "Douban films popular of late"
    start_urls = ["https://m.douban.com/rexxar/api/v2/subject/recent_hot/movie"]
    homepage = "https://movie.douban.com/explore"
    known_from = "code"
    headers = {"Referer": "https://movie.douban.com/"}
    cadence_minutes = 360
    expected_count = (10, 20)
    archive_names = ("douban",)
    # The list prints ratings, which are no heat.
    entries_at = "items"
    fields = {
        "title": "title",
        "native_id": "id",
        "excerpt": "card_subtitle",
        "rating": "rating.value",
        "rating_count": "rating.count",
    }
    url_template = "https://movie.douban.com/subject/{native_id}/"
