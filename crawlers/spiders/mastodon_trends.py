from crawlers.boards.board import JsonBoard


class MastodonTrends(JsonBoard):
    name = "mastodon_trends"
    title_zh = "Mastodon 热门话题"
    title_en = "Mastodon trending tags"
    start_urls = ["https://mastodon.social/api/v1/trends/tags?limit=20"]
    homepage = "https://mastodon.social/explore/tags"
    known_from = "documented"
    cadence_minutes = 30
    expected_count = (5, 20)
    heat_unit = "posts"
    entries_at = ("",)
    # trends/links has titles instead of names.
    fields = {
        "title": ("name", "title"),
        "heat": "history.0.uses",
        "excerpt": "description",
        "url": "url",
        "account_count": "history.0.accounts",
        "provider": "provider_name",
    }
