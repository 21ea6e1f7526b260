from urllib.parse import quote

from crawlers.boards.board import JsonBoard
from pipelines.captures import Json


class HuggingfaceModels(JsonBoard):
    name = "huggingface_models"
    title_zh = "Hugging Face 模型趋势"
    title_en = "Hugging Face trending models"
    start_urls = ["https://huggingface.co/api/models?sort=trendingScore&limit=30"]
    homepage = "https://huggingface.co/models?sort=trending"
    known_from = "recorded 2026-08-15"
    cadence_minutes = 60
    expected_count = (20, 30)
    heat_unit = "trending score"
    entries_at = ("",)
    fields = {
        "title": ("id", "modelId"),
        "heat": "trendingScore",
        "url": "page",
        "native_id": ("id", "modelId"),
        "category": "pipeline_tag",
        "like_count": "likes",
        "download_count": "downloads",
        "created": "createdAt",
    }

    @classmethod
    def adapt(cls, row: dict[str, Json]) -> dict[str, Json]:
        """The row with the address of its model: the slash in its name parts owner and model."""
        name = row.get("id") or row.get("modelId")
        if not isinstance(name, str):
            return row
        return {**row, "page": f"https://huggingface.co/{quote(name, safe='/')}"}
