from crawlers.boards.board import JsonBoard


class WereadRank(JsonBoard):
    name = "weread_rank"
    title_zh = "微信读书飙升榜"
    title_en = "WeRead rising books"
    start_urls = ["https://weread.qq.com/web/bookListInCategory/rising?rank=1"]
    homepage = "https://weread.qq.com/web/category/rising"
    known_from = "recorded 2026-10-10"
    headers = {"Referer": "https://weread.qq.com/web/category/rising"}
    cadence_minutes = 360
    expected_count = (15, 20)
    heat_unit = "readers"
    entries_at = "books"
    # The address of a book is a puzzle made of its id: only deepLink holds one that is ready.
    fields = {
        "title": "bookInfo.title",
        "rank": "searchIdx",
        "heat": "readingCount",
        "category": "bookInfo.category",
        "excerpt": "bookInfo.intro",
        "url": "bookInfo.deepLink",
        "native_id": "bookInfo.bookId",
        "author": "bookInfo.author",
        "rise_count": "riseCount",
        "rating": "bookInfo.newRating",
        "published": "bookInfo.publishTime",
    }
