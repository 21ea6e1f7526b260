from crawlers.boards.board import JsonBoard


class HuggingfacePapers(JsonBoard):
    name = "huggingface_papers"
    title_zh = "Hugging Face 每日论文"
    title_en = "Hugging Face daily papers"
    start_urls = ["https://huggingface.co/api/daily_papers?limit=50"]
    homepage = "https://huggingface.co/papers"
    known_from = "recorded 2025-09-08"
    cadence_minutes = 120
    expected_count = (5, 50)
    heat_unit = "upvotes"
    entries_at = ("",)
    fields = {
        "title": ("title", "paper.title"),
        "heat": "paper.upvotes",
        "native_id": "paper.id",
        "excerpt": ("paper.ai_summary", "summary", "paper.summary"),
        "comment_count": "numComments",
        "published": ("publishedAt", "paper.publishedAt"),
        "organization": ("organization.fullname", "paper.organization.fullname"),
    }
    url_template = "https://huggingface.co/papers/{native_id}"
