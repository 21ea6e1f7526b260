from crawlers.boards.board import HtmlBoard


class PearvideoPopular(HtmlBoard):
    name = "pearvideo_popular"
    title_zh = "梨视频热门总榜"
    title_en = "Pear Video popular"
    start_urls = ["https://www.pearvideo.com/popular"]
    homepage = "https://www.pearvideo.com/popular"
    known_from = "recorded 2019-11"
    cadence_minutes = 60
    expected_count = (8, 40)
    heat_unit = "likes"
    list_at = "ul.popular-list"
    # Excerpts leave the item out and keep its link.
    entries_at = ("li.popularem", ".popularem-ath", "a.popularembd")
    fields = {
        "title": ".popularem-title",
        "rank": ".popularem-sort",
        "heat": ".fav",
        "excerpt": ".popularem-abs",
        "url": ("a.popularembd@href", "a@href", "@href"),
    }
    native_id_pattern = r"/video_(\d+)"
