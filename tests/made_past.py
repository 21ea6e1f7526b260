"""A made board with a past: items come, climb, stand and fade; some words do better than others."""

import numpy as np

from pipelines.forecast.rank_history import HOUR, MINUTE, History

START = 1_700_000_000 // 86_400 * 86_400_000_000
"""A midnight, UTC, microseconds."""

STRONG = ("流星", "海豚", "灯塔", "彩虹")
PLAIN = ("茶杯", "石阶", "毛线", "木尺", "纸船", "陶罐")
PLACES = ("东岸", "西湖边", "南坡", "北站", "河口", "山脚", "岛上", "桥头")


def made_past(
    days: float, every: int = 10, seed: int = 1, length: int = 30, has_heat: bool = True
) -> tuple[History, list[str]]:
    """Rows of a board of ``length`` places, and its titles."""
    random = np.random.default_rng(seed)
    times = START + np.arange(0, int(days * 1440), every) * MINUTE
    count = int(days * 150)
    begin = START + (random.uniform(-0.2, days, count) * 24 * HOUR).astype(np.int64)
    strong = random.random(count) < 0.35
    titles = [
        f"{random.choice(PLACES)}的{random.choice(STRONG if s else PLAIN)}{number}号出现"
        for number, s in enumerate(strong)
    ]
    height = random.normal(11, 0.7, count) + 1.3 * strong
    rise = random.uniform(20, 120, count)
    fade = random.uniform(150, 500, count)
    rows: list[tuple[int, int, float, float]] = []
    for at in times.tolist():
        age = (at - begin) / MINUTE
        live = np.flatnonzero((age > 0) & (age < 1200))
        heat = height[live] - 4 * np.exp(-age[live] / rise[live]) - (age[live] / fade[live]) ** 2
        heat = heat + random.normal(0, 0.02, len(live))
        best = np.argsort(-heat)[:length]
        rows += [
            (at, int(live[i]), float(place), float(np.exp(heat[i])))
            for place, i in enumerate(best, start=1)
        ]
    captured_at, item, rank, warmth = (np.array(column) for column in zip(*rows, strict=True))
    return History(
        "made",
        captured_at.astype(np.int64),
        item.astype(np.int64),
        rank.astype(float),
        warmth.astype(float) if has_heat else np.full(len(rank), np.nan),
    ), titles
