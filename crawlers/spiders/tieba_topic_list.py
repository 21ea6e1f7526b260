from crawlers.boards.board import JsonBoard


class TiebaTopicList(JsonBoard):
    name = "tieba_topic_list"
    title_zh = "贴吧热议榜"
    title_en = "Tieba topics"
    start_urls = ["https://tieba.baidu.com/hottopic/browse/topicList"]
    homepage = "https://tieba.baidu.com/hottopic/browse/topicList?res_type=1"
    known_from = "recorded 2026-10-09"
    cadence_minutes = 30
    expected_count = (10, 30)
    archive_names = ("tieba",)
    heat_unit = "discussions"
    entries_at = "data.bang_topic.topic_list"
    fields = {
        "title": "topic_name",
        "rank": "idx_num",
        "heat": "discuss_num",
        "label": "tag",
        "excerpt": ("topic_desc", "abstract"),
        "url": "topic_url",
        "native_id": "topic_id",
        "created": "create_time",
    }
    # An excerpt may have lost the id that its address still names.
    native_id_pattern = r"(?:^|[?&]topic_id=)(\d+)(?:&|$)"
    # 2 stands beside the topics made last, 1 beside those that are spoken of most; 0 says nothing.
    labels = {"1": "热", "2": "新"}
    url_template = "https://tieba.baidu.com/hottopic/browse/hottopic?topic_id={native_id}"
