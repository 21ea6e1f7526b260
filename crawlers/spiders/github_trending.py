from crawlers.boards.board import HtmlBoard


class GithubTrending(HtmlBoard):
    name = "github_trending"
    title_zh = "GitHub 趋势"
    title_en = "GitHub trending"
    start_urls = ["https://github.com/trending?since=daily"]
    homepage = "https://github.com/trending"
    known_from = "recorded 2026-06"
    cadence_minutes = 60
    expected_count = (5, 25)
    heat_unit = "stars today"
    list_at = ".Box"
    entries_at = "article.Box-row"
    fields = {
        "title": "h2 a",
        "url": "h2 a@href",
        "heat": "span.float-sm-right",
        "category": "[itemprop=programmingLanguage]",
        "excerpt": "p",
        "star_count": "a[href$='/stargazers']",
    }
    native_id_pattern = r"github\.com/([^/?#]+/[^/?#]+)"
