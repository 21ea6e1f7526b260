from crawlers.boards.board import JsonBoard


class AcfunRank(JsonBoard):
    name = "acfun_rank"
    title_zh = "AcFun 综合日榜"
    title_en = "AcFun daily ranking"
    start_urls = [
        "https://www.acfun.cn/rest/pc-direct/rank/channel?channelId=&rankLimit=30&rankPeriod=DAY"
    ]
    homepage = "https://www.acfun.cn/rank/list/"
    known_from = "recorded 2026-10-10"
    headers = {"Referer": "https://www.acfun.cn/rank/list/"}
    cadence_minutes = 60
    expected_count = (20, 30)
    heat_unit = "views"
    entries_at = "rankList"
    # shareUrl is the address for telephones; the template gives the one that a desk opens.
    fields = {
        "title": ("contentTitle", "title"),
        "heat": ("viewCount", "viewCountShow"),
        "category": ("channelName", "channel.name"),
        "excerpt": "description",
        "native_id": ("dougaId", "contentId"),
        "like_count": "likeCount",
        "comment_count": "commentCount",
        "banana_count": "bananaCount",
        "published": "contributeTime",
    }
    url_template = "https://www.acfun.cn/v/ac{native_id}"
