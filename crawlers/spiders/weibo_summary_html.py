from crawlers.boards.board import HtmlBoard


class WeiboSummaryHtml(HtmlBoard):
    name = "weibo_summary_html"
    title_zh = "微博热搜（网页）"
    title_en = "Weibo hot search, web page"
    start_urls = ["https://s.weibo.com/top/summary?cate=realtimehot"]
    homepage = "https://s.weibo.com/top/summary"
    known_from = "recorded 2021-07-26"
    stands_in_for = "weibo_side_hotsearch"
    headers = {"Referer": "https://s.weibo.com/"}
    visitor_url = "https://passport.weibo.com/visitor/genvisitor2?cb=visitor_gray_callback"
    expected_count = (40, 52)
    heat_unit = "searches"
    list_at = "#pl_top_realtimehot table tbody"
    # The later places are those of the page that phones get, and of a table cut out of its page.
    entries_at = ("#pl_top_realtimehot tbody tr", "ul.list_a li", "tr:has(td.td-02)")
    pinned_when = (
        {"a[href*='Refer=new_time']@href": True},
        {"i.icon-top@class": True},
        {"i.icon_pinned@class": True},
    )
    # A dot instead of a rank: somebody paid for the place between the ranks.
    paid_when = (
        {"td.td-01": "•"},
        {"strong": "•"},
        {"a[href^='javascript']@href": True},
        {"a[href*='topic_ad=1']@href": True},
        {"td.td-03": ("商", "荐")},
    )
    fields = {
        "title": ("td.td-02 a", "a span@text()"),
        "rank": ("td.td-01", "a strong"),
        "heat": ("td.td-02 span", "a span em"),
        "label": ("td.td-03", "a span ~ i@class"),
        "url": ("td.td-02 a@href", "td.td-02 a@href_to", "a@href"),
    }
    labels = {
        "icon icon_new": "新",
        "icon icon_hot": "热",
        "icon icon_boil": "沸",
        "icon icon_boom": "爆",
        "icon icon_recommend": "荐",
    }
